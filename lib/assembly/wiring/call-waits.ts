import { attributeOf } from '../compute/load-balancer-attributes';
import { forwardsOf } from '../compute/load-balancing';
import { standsFor } from '../iam/iam-resources';
import { numberOf } from '../question';
import { Resource } from '../resource';
import { describe, isList, isMap, isScalar, Unknown, type Value, type ValueMap } from '../value';
import { eventsVia } from './event-wiring';
import { definitionOf, type State } from './state-machine';

const LAMBDA = 'AWS::Lambda::Function';

/** How long one waits for another that it calls. */
export interface CallWait {
  /** The property that says for how long. */
  readonly property: string;

  /** In seconds. */
  readonly waits: number | Unknown;

  readonly to: Resource;

  /** How long the call may take in all, in seconds: retries included. */
  readonly takes: number | Unknown;
}

const IDLE = 'idle_timeout.timeout_seconds';

/** What an Application Load Balancer waits where nothing is said, in seconds. */
const IDLE_DEFAULT = 60;

/** How long a load balancer waits for what answers, in seconds. */
export function idleTimeoutOf(balancer: Resource): number | Unknown {
  return secondsIn(attributeOf(balancer, IDLE), IDLE) ?? IDLE_DEFAULT;
}

/** How long a function may run, in seconds. */
export function timeoutOf(lambda: Resource): number | Unknown {
  return lambda.number('Timeout') ?? 3;
}

/** The waits of a load balancer for the functions that it calls. */
export function waitsOfBalancer(balancer: Resource): readonly (CallWait | Unknown)[] {
  const { forwards } = forwardsOf(balancer);
  return forwards
    .filter(({ certain, targetGroup }) => certain === true && targetGroup.get('TargetType') === 'lambda')
    .flatMap(({ targetGroup }) => functionsOf(targetGroup))
    .map((to) =>
      to instanceof Unknown
        ? to
        : {
            property: 'LoadBalancerAttributes',
            waits: idleTimeoutOf(balancer),
            to,
            takes: timeoutOf(to),
          },
    );
}

function functionsOf(group: Resource): readonly (Resource | Unknown)[] {
  const targets = group.list('Targets');
  if (targets instanceof Unknown) return [targets];
  const { graph } = group.stack;
  return targets.map((target) => {
    const found = graph.resolve(isMap(target) ? (target.Id ?? null) : target, group);
    return found instanceof Resource ? standsFor(found) : found;
  });
}

/** The waits of the tasks of a state machine, and its own for all tries of each of them. */
export function waitsOfWorkflow(machine: Resource): readonly (CallWait | Unknown)[] {
  const definition = definitionOf(machine);
  if (definition instanceof Unknown) return [definition];
  const states = new Map(definition.states.map((state) => [`${definition.property}.${state.path}`, state]));
  const whole = secondsIn(definition.body.TimeoutSeconds, 'TimeoutSeconds');
  return eventsVia(machine)
    .filter(({ kind, mode }) => kind === 'task' && mode === 'synchronous')
    .flatMap(({ to, property }) => {
      const state = states.get(property);
      return to instanceof Resource && to.type === LAMBDA && state
        ? waitsOfState(state, to, { property, whole, workflow: definition.property })
        : [];
    });
}

interface Limits {
  readonly property: string;

  /** The limit of all of it. @default - there is none */
  readonly whole: number | Unknown | undefined;

  readonly workflow: string;
}

function waitsOfState(
  { body }: State,
  to: Resource,
  { property, whole, workflow }: Limits,
): readonly CallWait[] {
  const own = secondsIn(body.TimeoutSeconds, 'TimeoutSeconds');
  const once = timeoutOf(to);
  const takes = once instanceof Unknown || own instanceof Unknown ? once : Math.min(once, own ?? once);
  return [
    ...(own === undefined
      ? []
      : [{ property: `${property}.TimeoutSeconds`, waits: own, to, takes: once } satisfies CallWait]),
    ...(whole === undefined
      ? []
      : [
          {
            property: `${workflow}.TimeoutSeconds`,
            waits: whole,
            to,
            takes: takes instanceof Unknown ? takes : withRetries(takes, body.Retry),
          } satisfies CallWait,
        ]),
  ];
}

/** What all tries take with the waits between them. A call that takes its time fails for one reason: one retrier counts. */
function withRetries(seconds: number, retry: Value | undefined): number | Unknown {
  if (retry instanceof Unknown) return retry;
  const retriers = isList(retry) ? retry : [];
  const totals = retriers.map((retrier) => (isMap(retrier) ? withRetrier(seconds, retrier) : seconds));
  const open = [...retriers, ...totals].find((each) => each instanceof Unknown);
  if (open instanceof Unknown) return open;
  return Math.max(seconds, ...totals.filter((total) => typeof total === 'number'));
}

/** More tries than this are as good as no end. */
const MOST_TRIES = 1000;

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
function withRetrier(seconds: number, retrier: ValueMap): number | Unknown {
  const settings = [
    secondsIn(retrier.MaxAttempts, 'MaxAttempts') ?? 3,
    secondsIn(retrier.IntervalSeconds, 'IntervalSeconds') ?? 1,
    secondsIn(retrier.BackoffRate, 'BackoffRate') ?? 2,
    secondsIn(retrier.MaxDelaySeconds, 'MaxDelaySeconds') ?? Number.POSITIVE_INFINITY,
  ];
  const open = settings.find((setting) => setting instanceof Unknown);
  if (open instanceof Unknown) return open;
  const [tries = 0, interval = 0, rate = 1, longest = 0] = settings.map(Number);
  let total = seconds;
  for (let n = 0; n < Math.min(tries, MOST_TRIES); n += 1)
    total += seconds + Math.min(interval * rate ** n, longest);
  return total;
}

function secondsIn(value: Value | undefined, what: string): number | Unknown | undefined {
  if (value === undefined || value instanceof Unknown) return value;
  const number = isScalar(value) ? numberOf(value) : undefined;
  return number ?? new Unknown(`${what} is ${describe(value)}, and no number before deploy`);
}
