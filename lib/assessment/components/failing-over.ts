import type { Resource } from '../../assembly/resource';
import { AWS_FACTS, type SecondsRange } from '../../calculus/aws-facts';
import type { Likelihood } from '../../calculus/likelihood';
import { failingOverLikelihood } from '../../calculus/switching';
import { anyOf, type Failure } from '../failure';
import type { Modelling } from '../modelling';

/** A store in several zones of which one node works, and another one takes over. */
export interface FailsOver {
  /** All of it. */
  readonly whole: Likelihood;

  /** The same without a standby. */
  readonly alone: Likelihood;

  /** What a failover is, in words. */
  readonly what: string;

  /** How long it takes. */
  readonly taking: { readonly value: SecondsRange; readonly source: string };
}

/**
 * What fails as a whole, or with its region, and is not there while it fails over. An agreement may count those minutes, too:
 * it is a threshold of credits, and tells a slow failover from a quick one no more than a rare one from many.
 */
export function failsOver(
  resource: Resource,
  model: Modelling,
  { whole, alone, what, taking }: FailsOver,
): Failure {
  const { reconnectSeconds: reconnect } = AWS_FACTS;
  const steps = [
    { what, seconds: taking.value.typical, source: taking.source },
    {
      what: 'clients open their connections again',
      seconds: reconnect.value.typical,
      source: reconnect.source,
    },
  ];
  const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
  return anyOf(
    model.regional(resource, whole),
    model.own(resource, failingOverLikelihood({ alone, whole, steps }, model.repair), {
      id: 'failover',
      what: `the ${seconds} s of each failover`,
    }),
  );
}
