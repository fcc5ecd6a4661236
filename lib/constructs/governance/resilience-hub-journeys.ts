import { type Mistake, quoted, repeated } from '../../objectives/mistakes';
import { TIERS, type Tier } from '../../objectives/tier';

/** A way that users take through a system, by the name that Resilience Hub is told: `checkout`. */
export interface HubJourney {
  /** Letters, digits, hyphens and underscores, 2 to 60: `checkout`. */
  readonly name: string;

  /**
   * How critical it is. The strictest of all journeys counts for the service.
   *
   * @default - the tier of the service
   */
  readonly tier?: Tier;

  /**
   * What users do on it.
   *
   * @default - nothing is said
   */
  readonly description?: string;
}

/** How much a function of a service matters. */
export enum FunctionCriticality {
  /** Without it, the service is down. */
  PRIMARY = 'PRIMARY',

  /** Without it, the service gives less. */
  SUPPLEMENTAL = 'SUPPLEMENTAL',
}

/** Something that a service does for its users: `take-payment`. */
export interface ServiceFunction {
  /** Letters, digits, hyphens and underscores, 2 to 60: `take-payment`. */
  readonly name: string;

  /**
   * How much it matters.
   *
   * @default FunctionCriticality.PRIMARY
   */
  readonly criticality?: FunctionCriticality;

  /**
   * What it does.
   *
   * @default - nothing is said
   */
  readonly description?: string;
}

/** What is told to Resilience Hub by name. @internal */
export interface NamedParts {
  readonly journeys?: readonly HubJourney[];
  readonly functions?: readonly ServiceFunction[];
  readonly assertions?: readonly string[];
}

/** @see https://docs.aws.amazon.com/resilience-hub/v2/APIReference/API_Policy.html */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{1,59}$/;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-resiliencehubv2-service.html */
const MOST_ASSERTIONS = 20;

/** Everything that Resilience Hub would refuse. @internal */
export function namedPartMistakes({ journeys = [], functions = [], assertions = [] }: NamedParts): Mistake[] {
  const mistakes = [
    ...nameMistakes(
      'journey',
      journeys.map(({ name }) => name),
    ),
    ...nameMistakes(
      'function',
      functions.map(({ name }) => name),
    ),
  ];
  for (const { name, tier } of journeys) {
    if (tier === undefined || TIERS.includes(tier)) continue;
    mistakes.push({ problem: `journey ${name}: ${tier} is no tier`, fix: `use one of ${TIERS.join(', ')}` });
  }
  if (assertions.length > MOST_ASSERTIONS) {
    mistakes.push({
      problem: `there are ${assertions.length} assertions, but a service has ${MOST_ASSERTIONS} at most`,
      fix: `keep ${MOST_ASSERTIONS}`,
    });
  }
  if (assertions.some((text) => text.trim() === '')) {
    mistakes.push({ problem: 'an assertion is empty', fix: 'write what must hold, or leave it out' });
  }
  return mistakes;
}

function nameMistakes(what: string, names: readonly string[]): Mistake[] {
  return [
    ...names
      .filter((name) => !NAME.test(name))
      .map((name) => ({
        problem: `${quoted(name)} is no name for a ${what}`,
        fix: 'use 2 to 60 letters, digits, hyphens and underscores, the first a letter or a digit',
      })),
    ...repeated(names).map((name) => ({
      problem: `the ${what} ${name} is named twice`,
      fix: `name ${name} once`,
    })),
  ];
}
