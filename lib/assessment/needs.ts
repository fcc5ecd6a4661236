import { Resource } from '../assembly/resource';
import { Unknown } from '../assembly/value';
import { callsOf } from '../assembly/wiring/calls';
import { takesFailures, triggersOf } from '../assembly/wiring/event-wiring';
import { clocksOf, staysOff } from './clocks';
import { anyOf, type Failure } from './failure';
import { type Modelling, nameOf } from './modelling';
import { readBy, type Started } from './run-time-reads';

/**
 * What a resource cannot do its work without: what it calls and waits for, what it fetches its work from, and
 * the clock that starts it.
 */
export function needsOf(resource: Resource, model: Modelling, started: Started = {}): Failure {
  return anyOf(
    ...[
      ...new Set([
        ...called(resource, model),
        ...fetchedFrom(resource, model),
        ...clocksOf(resource, model),
        ...readBy(resource, model, started),
      ]),
    ].map((to) => model.of(to, resource)),
  );
}

/**
 * Handing something to a queue needs the queue; handing it to a function does not need the function to work now. Where
 * failures go is needed by nobody.
 */
function called(resource: Resource, model: Modelling): readonly Resource[] {
  return callsOf(resource)
    .filter(({ mode, kind }) => mode === 'synchronous' || kind !== 'function')
    .filter(({ to }) => takesFailures(to) !== true)
    .map(({ to, certain }) => {
      if (certain instanceof Unknown)
        model.assume(`${nameOf(resource)} needs ${nameOf(to)}: ${certain.reason}`, resource);
      return to;
    });
}

function fetchedFrom(resource: Resource, model: Modelling): readonly Resource[] {
  return triggersOf(resource)
    .filter(({ mode, via }) => mode === 'polled' && !staysOff(via, model))
    .map(({ from }) => from)
    .filter((from) => from instanceof Resource);
}
