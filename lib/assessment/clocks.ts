import type { Resource } from '../assembly/resource';
import { type Unknown, wordOf } from '../assembly/value';
import type { EventEdge } from '../assembly/wiring/event-edge';
import { triggersOf } from '../assembly/wiring/event-wiring';

const RULE = 'AWS::Events::Rule';
const SCHEDULE = 'AWS::Scheduler::Schedule';

/** What starts a resource by the clock: rules and schedules, without those that are disabled. */
export function clocksOf(resource: Resource): readonly Resource[] {
  return triggersOf(resource)
    .filter(isByClock)
    .map(({ via }) => via)
    .filter((clock) => !isDisabled(clock));
}

/** Whether the clock starts a resource, and nothing else is seen to. */
export function runsBySchedule(resource: Resource): boolean {
  const starts = startsOf(resource);
  return starts.length > 0 && starts.every(isByClock);
}

/** The disabled schedules of a resource that nothing else is seen to start. */
export function disabledClocksOf(resource: Resource): readonly Resource[] {
  const starts = startsOf(resource);
  const off = starts.every((edge) => isByClock(edge) && isDisabled(edge.via));
  return off ? starts.map(({ via }) => via) : [];
}

/** What is seen to start a resource, without disabled clocks. */
export function startersOf(resource: Resource): readonly (Resource | Unknown)[] {
  return startsOf(resource)
    .filter(({ via }) => !(isClock(via) && isDisabled(via)))
    .map(({ from }) => from);
}

function startsOf(resource: Resource): readonly EventEdge[] {
  return triggersOf(resource).filter(({ kind }) => kind !== 'permission');
}

function isByClock({ via }: EventEdge): boolean {
  return isClock(via);
}

/** Whether a resource starts others by the clock. */
export function isClock(resource: Resource): boolean {
  const { type } = resource;
  return type === SCHEDULE || (type === RULE && resource.get('ScheduleExpression') !== undefined);
}

/** Whether a rule or a schedule surely starts nothing. */
export function isDisabled(clock: Resource): boolean {
  return wordOf(clock.get('State')) === 'DISABLED';
}
