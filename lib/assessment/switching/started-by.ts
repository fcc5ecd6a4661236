import { Resource } from '../../assembly/resource';
import type { EventEdge } from '../../assembly/wiring/event-edge';
import { triggersOf } from '../../assembly/wiring/event-wiring';
import { isTurnedOff } from '../clocks';

/** What a piece of work begins with: a clock, an event on a bus, or something that is sent. */
export interface Start {
  readonly kind: 'clock' | 'event' | 'sent';

  /** What wires it: the schedule, the rule, the mapping of a queue. */
  readonly via: Resource;

  /** Whether something on the way to the work is turned off. */
  readonly isOff: boolean;
}

/** More steps than any event takes. */
const MOST_STEPS = 20;

/** All that starts a resource, through queues, topics and streams; nothing where users or callers ask it. */
export function startsOf(resource: Resource, isOff = false, steps = 0): readonly Start[] {
  if (steps > MOST_STEPS) return [];
  return triggersOf(resource)
    .filter(({ kind }) => kind !== 'permission' && kind !== 'task' && kind !== 'customResource')
    .filter(({ mode }) => mode !== 'synchronous')
    .flatMap((edge) => startsBy(edge, isOff || isTurnedOff(edge.via), steps));
}

function startsBy({ kind, from, via }: EventEdge, isOff: boolean, steps: number): readonly Start[] {
  if (kind === 'schedule' || (kind === 'rule' && via.get('ScheduleExpression') !== undefined))
    return [{ kind: 'clock', via, isOff }];
  if (kind === 'rule') return [{ kind: 'event', via, isOff }];
  const before = from instanceof Resource ? startsOf(from, isOff, steps + 1) : [];
  return before.length > 0 ? before : [{ kind: 'sent', via, isOff }];
}
