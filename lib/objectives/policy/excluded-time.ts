import { Span, type TimeSpan } from '../../calculus/time-span';
import type { Tier } from '../tier';
import { type Decided, row } from './decided';
import { OWN_DECISION } from './sources';

const { hours } = Span;

const MOST = row<TimeSpan>({
  values: [hours(2), hours(4), hours(4), hours(4)],
  because: [
    'who may be down for minutes a year cannot leave hours of each month out of the count',
    'more than a short night of each month out of the count hides a trend',
    'more than a short night of each month out of the count hides a trend',
    'more than a short night of each month out of the count hides a trend',
  ],
  source: OWN_DECISION,
});

/** How much time maintenance may take out of any 30 days. */
export function excludedTimeLimit(tier: Tier): Decided<TimeSpan> {
  return MOST[tier];
}
