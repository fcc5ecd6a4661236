import { type Mistake, refuse } from '../../../objectives/mistakes';
import type { Decided } from '../../../objectives/policy/decided';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import type { TierChoices } from '../../governance/tier-choices';
import type { AuroraProps } from './aurora-parts';

/** How many instances an Aurora cluster has, and how large serverless ones are. @internal */
export interface AuroraCapacity {
  readonly readers: number;
  readonly serverless: { readonly minCapacity: number; readonly maxCapacity: number } | undefined;
}

const SERVERLESS =
  'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html';

const LEAST_CAPACITY: Decided<number> = {
  value: 2,
  because:
    'an instance with less pauses, or takes few connections and no insights: it could not take over from the writer',
  source: SERVERLESS,
};

/** @throws ConfigurationError for numbers that Aurora does not take, or fewer than the tier owes @internal */
export function chooseAuroraCapacity(path: string, choices: TierChoices, props: AuroraProps): AuroraCapacity {
  refuse(path, [...readerMistakes(props.readers), ...serverlessMistakes(props)]);
  const readers = choices.atLeast({
    what: 'readers',
    owed: owedReaders(choices),
    limit: { value: 1, because: 'one reader takes over from a lost writer', source: OWN_DECISION },
    chosen: props.readers,
  });
  const { serverlessMaxCapacity: maxCapacity, serverlessMinCapacity } = props;
  if (maxCapacity === undefined) return { readers, serverless: undefined };
  const minCapacity = choices.atLeast({
    what: 'serverlessMinCapacity',
    owed: LEAST_CAPACITY,
    chosen: serverlessMinCapacity,
  });
  return { readers, serverless: { minCapacity, maxCapacity } };
}

function owedReaders({ tier }: TierChoices): Decided<number> {
  return tier <= 1
    ? {
        value: 2,
        because: 'after a zone is lost there is still a reader to fail over to',
        source: OWN_DECISION,
      }
    : { value: 1, because: 'one reader takes over from a lost writer', source: OWN_DECISION };
}

function readerMistakes(readers: number | undefined): Mistake[] {
  if (readers === undefined || (Number.isInteger(readers) && readers >= 0 && readers <= 15)) return [];
  return [{ problem: `readers is ${readers}, but Aurora has 0 to 15`, fix: 'set readers between 1 and 15' }];
}

/** In halves of a unit, up to 256. */
function serverlessMistakes({
  serverlessMinCapacity: min,
  serverlessMaxCapacity: max,
  instanceType,
}: AuroraProps): Mistake[] {
  const mistakes: Mistake[] = [];
  if (max === undefined) {
    if (min !== undefined)
      mistakes.push({
        problem:
          'serverlessMinCapacity is set, but serverlessMaxCapacity is not: the instances are not serverless',
        fix: 'set serverlessMaxCapacity, or leave serverlessMinCapacity out',
      });
    return mistakes;
  }
  if (instanceType)
    mistakes.push({
      problem: 'instanceType is set, but serverlessMaxCapacity makes all instances serverless',
      fix: 'set one of the two',
    });
  const least = min ?? LEAST_CAPACITY.value;
  if (!isCapacity(max) || !isCapacity(least) || max < 1 || least > max)
    mistakes.push({
      problem: `serverless instances keep ${least} and grow to ${max} units, which Aurora does not take`,
      fix: 'set both to halves of a unit up to 256, the most no smaller than the least',
    });
  return mistakes;
}

function isCapacity(units: number): boolean {
  return Number.isInteger(units * 2) && units >= 0 && units <= 256;
}
