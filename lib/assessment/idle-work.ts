import { Resource } from '../assembly/resource';
import type { CallKind } from '../assembly/wiring/call-targets';
import { callsOf } from '../assembly/wiring/calls';
import { eventsFrom } from '../assembly/wiring/event-wiring';
import type { AssessedService } from './assessed-service';
import { disabledClocksOf, isStarted, runsBySchedule } from './clocks';
import { waitsForFailover } from './components/units/waiting';
import { partOf, reachedFrom } from './entry-points';
import type { Failure } from './failure';
import { type Modelling, nameOf } from './modelling';

type FailureOf = (resource: Resource) => Failure;

/** Where work is left for others. */
const LEFT_WITH: ReadonlySet<CallKind> = new Set(['event bus', 'queue', 'stream', 'topic']);

/**
 * The resources of a service that may run at all: what only disabled schedules start does not, nor does what only that
 * calls. In a region that waits for a failover, schedules are enabled with it.
 */
export function mayRun(
  { resources }: AssessedService,
  model: Modelling,
  failureOf: FailureOf,
): readonly Resource[] {
  const off = resources.filter((resource) => {
    const [clock] = partOf(resource) === 'work' ? disabledClocksOf(resource) : [];
    if (!clock || waitsForFailover(resource, model)) return false;
    model.assume(`nothing starts ${nameOf(resource)}: ${nameOf(clock)} is disabled`, resource);
    return true;
  });
  if (off.length === 0) return resources;
  const called = off.flatMap((resource) => [...reachedFrom(resource, failureOf)]);
  const still = new Set([
    ...off,
    ...called.filter((resource) => partOf(resource) === 'work' && !isStarted(resource)),
  ]);
  return resources.filter((resource) => !still.has(resource));
}

/** Work that touches nothing of the service, such as a nightly check of its backups, keeps no user waiting. */
export function idleAmong(
  entries: readonly Resource[],
  service: AssessedService,
  failureOf: FailureOf,
): readonly Resource[] {
  const scheduled = entries.filter((entry) => partOf(entry) === 'work' && runsBySchedule(entry));
  if (scheduled.length === 0) return [];
  const fetched = fetchedIn(service);
  return scheduled.filter((entry) => {
    const reached = [...reachedFrom(entry, failureOf)].filter((each) => each !== entry);
    return !reached.some((each) => partOf(each) !== 'support') && !leavesWork(entry, fetched);
  });
}

/** Whether what it hands over is taken up by something of the service that works. */
function leavesWork(entry: Resource, fetched: ReadonlySet<Resource>): boolean {
  return callsOf(entry).some(
    ({ to, kind }) => LEFT_WITH.has(kind) && (fetched.has(to) || isTakenUp(to, entry, fetched)),
  );
}

/** Through a topic that fills a queue, too: no chain is longer. */
const MOST_STEPS = 4;

function isTakenUp(
  carrier: Resource,
  sender: Resource,
  fetched: ReadonlySet<Resource>,
  steps = MOST_STEPS,
): boolean {
  if (steps === 0) return false;
  return takersOf(carrier).some(
    (to) =>
      to !== sender &&
      (fetched.has(to) || partOf(to) === 'work' || isTakenUp(to, sender, fetched, steps - 1)),
  );
}

/** What gets what is left somewhere; of a bus, what its rules start. */
function takersOf(carrier: Resource): readonly Resource[] {
  const rules = carrier.stack.graph.mentionsOf(carrier, 'AWS::Events::Rule').map(({ from }) => from);
  return [carrier, ...rules]
    .flatMap(eventsFrom)
    .filter(({ kind }) => kind !== 'deadLetter' && kind !== 'onFailure')
    .map(({ to }) => to)
    .filter((to) => to instanceof Resource);
}

/** What containers, instances and functions of a service fetch their work from by themselves. */
function fetchedIn({ resources }: AssessedService): ReadonlySet<Resource> {
  return new Set(
    resources.flatMap((resource) =>
      callsOf(resource)
        .filter(({ mode }) => mode === 'polled')
        .map(({ to }) => to),
    ),
  );
}
