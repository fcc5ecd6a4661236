import { standsFor } from '../iam/iam-resources';
import { valuesAt } from '../network/zones';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { isList, isMap, referencesIn, Unknown, type Value } from '../value';
import { callsOf } from '../wiring/calls';
import type { EventEdgeKind } from '../wiring/event-edge';
import { eventsFrom, eventsVia } from '../wiring/event-wiring';

/** What tells of trouble, and starts what acts on it. */
export interface Trigger {
  /** The alarm, the rule or the plan. */
  readonly by: Resource;
}

const ALARMS = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];

/** Sources of events that tell of an outage or of a failover. */
const OUTAGE_SOURCES = [
  'aws.cloudwatch',
  'aws.health',
  'aws.arc-region-switch',
  'aws.route53-recovery-control',
];

/** Where what tells of trouble names what it starts. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  'AWS::ARCRegionSwitch::Plan': ['Workflows'],
  'AWS::CloudWatch::Alarm': ['AlarmActions', 'OKActions', 'InsufficientDataActions'],
  'AWS::CloudWatch::CompositeAlarm': ['AlarmActions', 'OKActions', 'InsufficientDataActions'],
};

/** Types that may act on an outage by themselves. */
export const ACTING_TYPES: readonly string[] = [
  'AWS::ARCRegionSwitch::Plan',
  'AWS::CodeBuild::Project',
  'AWS::Lambda::Function',
  'AWS::StepFunctions::StateMachine',
];

/** What starts a resource when something fails; undefined where no alarm, event or plan of the app does. */
export function failoverTriggerOf(resource: Resource): Trigger | undefined {
  return triggered(resource.stack.graph).get(resource);
}

/** Everything that alarms, events of outages and Region switch plans start, one after the other. */
const triggered = oncePerGraph((graph): ReadonlyMap<Resource, Trigger> => {
  const reached = new Map<Resource, Trigger>();
  const starts = [
    ...graph.ofType(...ALARMS, 'AWS::ARCRegionSwitch::Plan'),
    ...graph.ofType('AWS::Events::Rule').filter(tellsOfOutage),
  ];
  for (const start of starts) {
    const queue = [start];
    if (start.type === 'AWS::ARCRegionSwitch::Plan') reached.set(start, { by: start });
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      for (const other of [...namedNext(next), ...triggeredBy(next), ...calledBy(next)]) {
        if (reached.has(other)) continue;
        reached.set(other, { by: start });
        queue.push(other);
      }
    }
  }
  return reached;
});

function namedNext(resource: Resource): readonly Resource[] {
  return (NEXT[resource.type] ?? [])
    .flatMap((path) => valuesAt(resource, path))
    .flatMap((value) => namedAnywhere(value, resource));
}

/** Action blocks and targets nest what they start at any depth. */
function namedAnywhere(value: Value, from: Resource): readonly Resource[] {
  const written = textsIn(value).flatMap((text) =>
    text.startsWith('arn:') ? (from.stack.graph.named(text, from) ?? []) : [],
  );
  return [...referencesIn(value).map(({ resource }) => resource), ...written].map(standsFor);
}

function textsIn(value: Value): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isList(value)) return value.flatMap(textsIn);
  return isMap(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** Edges that hand on what failed, or that only allow something, start nothing. */
const STARTS_NOTHING: readonly EventEdgeKind[] = [
  'customResource',
  'deadLetter',
  'logs',
  'onFailure',
  'permission',
];

function triggeredBy(resource: Resource): readonly Resource[] {
  const edges = resource.type === 'AWS::Events::Rule' ? eventsVia(resource) : eventsFrom(resource);
  return edges
    .filter(({ kind }) => !STARTS_NOTHING.includes(kind))
    .map(({ to }) => to)
    .filter((to) => to instanceof Resource);
}

/** Functions and workflows that a function starts. */
function calledBy(resource: Resource): readonly Resource[] {
  return callsOf(resource)
    .filter(({ kind, certain }) => certain === true && (kind === 'function' || kind === 'workflow'))
    .map(({ to }) => to);
}

function tellsOfOutage(rule: Resource): boolean {
  const sources = rule.get('EventPattern.source');
  return (
    isList(sources) && sources.some((source) => typeof source === 'string' && OUTAGE_SOURCES.includes(source))
  );
}

/** Steps with which a Region switch plan switches health checks, on the data plane. */
const SWITCHING_STEPS = ['ARCRoutingControl', 'Route53HealthCheck'];

/** Whether a Region switch plan of the app switches the health checks of records. */
export const plansSwitchRecords = oncePerGraph((graph): boolean =>
  graph
    .ofType('AWS::ARCRegionSwitch::Plan')
    .flatMap((plan) => valuesAt(plan, 'Workflows').flatMap(textsIn))
    .some((text) => SWITCHING_STEPS.includes(text)),
);

/** Types whose mention of a function does not start it, or starts it for a deployment. */
const NO_START =
  /^AWS::(IAM::|Lambda::(Permission|EventInvokeConfig|LayerVersionPermission)|Logs::|CloudWatch::)/;

/** Whether nothing in the app is seen to start a function, so that a person or a pipeline may, in an outage too. */
export function isStartedByHand(resource: Resource): boolean | Unknown {
  const { graph } = resource.stack;
  const [hidden] = graph.unreadable;
  const mentions = graph.mentionsOf(resource).filter(({ from }) => !NO_START.test(from.type));
  if (mentions.length > 0) return false;
  return hidden === undefined ? true : new Unknown(hidden);
}
