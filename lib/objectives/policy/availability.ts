import { Span, type TimeSpan } from '../../calculus/time-span';
import { type Decided, type Rows, row, same } from './decided';
import { OWN_DECISION, RELIABILITY_PILLAR } from './sources';

/** What a tier owes over a window of time. */
export interface AvailabilityPolicy {
  /** The availability owed, as a fraction: 0.9999 is four nines. */
  readonly availabilitySlo: Decided<number>;

  /** The rolling window over which it is measured. */
  readonly sloWindow: Decided<TimeSpan>;
}

/** @internal */
export const AVAILABILITY: Rows<AvailabilityPolicy> = {
  availabilitySlo: row({
    values: [0.9999, 0.9995, 0.999, 0.995],
    because: [
      '52.6 min a year, 4.3 min in 30 days: only automatic recovery from the loss of a zone fits',
      '4.4 h a year, 21.6 min in 30 days: one failover to another region fits, a restore does not',
      '8.8 h a year, 43.2 min in 30 days: a person can be called once',
      '43.8 h a year, 3.6 h in 30 days: a restore in working hours fits',
    ],
    source: RELIABILITY_PILLAR,
  }),
  sloWindow: row({
    values: same(Span.days(30)),
    because: 'the window of the usual burn-rate alerts, so that their factors hold as published',
    source: OWN_DECISION,
  }),
};
