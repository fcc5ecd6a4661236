import { Resource } from '../assembly/resource';
import type { CallKind } from '../assembly/wiring/call-targets';
import { callsOf } from '../assembly/wiring/calls';
import { eventsFrom } from '../assembly/wiring/event-wiring';
import { startedTasksOf, startsTasks } from '../assembly/wiring/started-tasks';
import type { AssessedService } from './assessed-service';
import { isClock, runsBySchedule, startersOf, staysOff, turnedOffFor } from './clocks';
import { partOf, reachedFrom } from './entry-points';
import type { Failure } from './failure';
import { type Modelling, nameOf } from './modelling';

type FailureOf = (resource: Resource) => Failure;

/** Where work is left for others. */
const LEFT_WITH: ReadonlySet<CallKind> = new Set(['event bus', 'queue', 'stream', 'topic']);

/**
 * The resources of a service that may run at all: what only disabled rules, schedules and mappings start does not, nor
 * does what only that calls.
 */
export function mayRun(
  { resources }: AssessedService,
  model: Modelling,
  failureOf: FailureOf,
): readonly Resource[] {
  const off = resources.filter((resource) => {
    if (partOf(resource) !== 'work') return false;
    const own = startsTasks(resource) && staysOff(resource, model);
    const [via] = own ? [resource] : turnedOffFor(resource, model);
    if (!via) return false;
    const started = own ? `the tasks of ${nameOf(resource)}` : nameOf(resource);
    model.assume(`nothing starts ${started}: ${nameOf(via)} is disabled`, resource);
    return true;
  });
  if (off.length === 0) return resources;
  const still = withCalled(off, model, failureOf);
  return resources.filter((resource) => !still.has(resource));
}

/** Containers and instances run whoever calls them. */
const RUN_WHEN_CALLED: ReadonlySet<string> = new Set([
  'AWS::Lambda::Function',
  'AWS::StepFunctions::StateMachine',
]);

/** What is off, and the work behind it that nothing else starts. */
function withCalled(off: readonly Resource[], model: Modelling, failureOf: FailureOf): ReadonlySet<Resource> {
  const still = new Set(off);
  const called = new Set(off.flatMap((resource) => [...reachedFrom(resource, failureOf)]));
  for (const resource of called) {
    const others = startersOf(resource, model).some(
      (from) => !(from instanceof Resource && called.has(from)),
    );
    if (RUN_WHEN_CALLED.has(resource.type) && !others) still.add(resource);
  }
  return still;
}

/** Work that touches nothing of the service, such as a nightly check of its backups, keeps no user waiting. */
export function idleAmong(
  entries: readonly Resource[],
  service: AssessedService,
  failureOf: FailureOf,
): readonly Resource[] {
  const scheduled = entries.filter(
    (entry) => partOf(entry) === 'work' && (runsBySchedule(entry) || isClock(entry)),
  );
  if (scheduled.length === 0) return [];
  const fetchers = fetchersIn(service);
  return scheduled.filter((entry) => {
    const reached = [...reachedFrom(entry, failureOf)].filter((each) => each !== entry);
    return !reached.some((each) => partOf(each) !== 'support') && !leavesWork(entry, fetchers);
  });
}

/** Who fetches what is left somewhere. */
type Fetchers = ReadonlyMap<Resource, readonly Resource[]>;

/** Whether what it hands over is taken up by something of the service that works. */
function leavesWork(entry: Resource, fetchers: Fetchers): boolean {
  const own = [entry, ...startedTasksOf(entry)];
  const isTaken = (to: Resource) => (fetchers.get(to) ?? []).some((each) => !own.includes(each));
  return own
    .flatMap(callsOf)
    .some(({ to, kind }) => LEFT_WITH.has(kind) && (isTaken(to) || isTakenUp(to, entry, isTaken)));
}

/** Through a topic that fills a queue, too: no chain is longer. */
const MOST_STEPS = 4;

function isTakenUp(
  carrier: Resource,
  sender: Resource,
  isTaken: (carrier: Resource) => boolean,
  steps = MOST_STEPS,
): boolean {
  if (steps === 0) return false;
  return takersOf(carrier).some(
    (to) =>
      to !== sender && (isTaken(to) || partOf(to) === 'work' || isTakenUp(to, sender, isTaken, steps - 1)),
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
function fetchersIn({ resources }: AssessedService): Fetchers {
  const found = new Map<Resource, Resource[]>();
  for (const resource of resources)
    for (const { to, mode } of callsOf(resource)) {
      if (mode !== 'polled') continue;
      const known = found.get(to);
      if (known) known.push(resource);
      else found.set(to, [resource]);
    }
  return found;
}
