import type { Resource } from '../assembly/resource';
import { type Unknown, wordOf } from '../assembly/value';
import type { EventEdge } from '../assembly/wiring/event-edge';
import { triggersOf } from '../assembly/wiring/event-wiring';
import { servesBesideOthers, waitsForFailover } from './components/units/waiting';
import type { Modelling } from './modelling';
import { isOfOperations } from './operations';

const RULE = 'AWS::Events::Rule';
const SCHEDULE = 'AWS::Scheduler::Schedule';

/** What starts a resource by the clock: rules and schedules. */
export function clocksOf(resource: Resource, model: Modelling): readonly Resource[] {
  return triggersOf(resource)
    .filter(isByClock)
    .map(({ via }) => via)
    .filter((clock) => !staysOff(clock, model));
}

/** Whether the clock starts a resource, and nothing else is seen to but what AWS tells of its own services. */
export function runsBySchedule(resource: Resource): boolean {
  const starts = startsOf(resource);
  return starts.length > 0 && starts.every((start) => isByClock(start) || isOfOperations(start));
}

/** The rules, schedules and mappings by which alone a resource is seen to be started, and that are all turned off. */
export function turnedOffFor(resource: Resource, model: Modelling): readonly Resource[] {
  const starts = startsOf(resource).map(({ via }) => via);
  return starts.every((via) => staysOff(via, model)) ? starts : [];
}

/** What is seen to start a resource, without what is turned off. */
export function startersOf(resource: Resource, model: Modelling): readonly (Resource | Unknown)[] {
  return startsOf(resource)
    .filter(({ via }) => !staysOff(via, model))
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

/** What is turned off in a region that stands in for another is turned on with the change of region. */
export function staysOff(via: Resource, model: Modelling): boolean {
  return isTurnedOff(via) && !waitsForFailover(via, model) && !servesBesideOthers(via, model);
}

/** Whether a rule, a schedule or a mapping surely starts nothing. */
export function isTurnedOff(via: Resource): boolean {
  return wordOf(via.get('State')) === 'DISABLED' || wordOf(via.get('Enabled')) === 'false';
}
