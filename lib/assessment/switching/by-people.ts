import type { FailoverTerm } from '../../calculus/failover-time';
import { RECOVERY_FACTS } from '../../calculus/recovery-facts';
import { type Step, taking } from '../recovery/path';
import { peopleDecide } from '../recovery/people';

/** What it takes until a person has decided that users leave a region: the same steps as in the way back from its loss. */
export function decidedByPeople(noticed: Step): readonly FailoverTerm[] {
  return [noticed, ...peopleDecide()].map(usually);
}

/** Nothing of the app leads users away: a person does, once it is decided. */
export function movedByPeople(noticed: Step): readonly FailoverTerm[] {
  const moved = taking(RECOVERY_FACTS.switchByHandSeconds, { what: 'a person moves the traffic' });
  return [...decidedByPeople(noticed), usually(moved)];
}

/** A step as it usually goes. */
export function usually({ what, typicalSeconds, source }: Omit<Step, 'worstSeconds'>): FailoverTerm {
  return { what, seconds: typicalSeconds, source };
}
