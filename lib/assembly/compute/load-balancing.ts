import type { Truth } from '../conditions';
import type { Graph } from '../graph';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource, type Targets } from '../resource';
import { everyTruth } from '../truth';
import { isList, isMap, Unknown, type Value } from '../value';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

/** The kinds of load balancers behind `AWS::ElasticLoadBalancingV2::LoadBalancer`. */
export type LoadBalancerType = 'application' | 'network' | 'gateway';

/** A target group that a load balancer sends traffic to. */
export interface Forward {
  readonly targetGroup: Resource;

  /** Unknown where only deploy knows whether a listener sends traffic there. */
  readonly certain: Truth;
}

/** Where a load balancer sends its traffic, as far as the app tells. */
export interface Forwards {
  readonly forwards: readonly Forward[];

  /** Why it may send traffic to others too. */
  readonly unknowns: readonly Unknown[];
}

interface Wiring {
  readonly listeners: ReadonlyMap<Resource, readonly Resource[]>;
  readonly forwards: ReadonlyMap<Resource, Forwards>;

  /** Why any load balancer may have more listeners than were found. */
  readonly hiddenListeners: readonly Unknown[];

  /** Why any load balancer may have more target groups than were found. */
  readonly hidden: readonly Unknown[];
}

/** The type of a load balancer of the second generation. Gateway and network load balancers work below HTTP. */
export function loadBalancerType(loadBalancer: Resource): LoadBalancerType | Unknown {
  const type = loadBalancer.text('Type');
  if (type instanceof Unknown) return type;
  return type === 'network' || type === 'gateway' ? type : 'application';
}

/** The listeners of a load balancer of the second generation. */
export function listenersOf(loadBalancer: Resource): Targets {
  const { listeners, hiddenListeners } = wiringOf(loadBalancer.stack.graph);
  return { resources: listeners.get(loadBalancer) ?? [], unknowns: hiddenListeners };
}

/** The target groups that the listeners of a load balancer, and their rules, send traffic to. */
export function forwardsOf(loadBalancer: Resource): Forwards {
  const { forwards, hidden } = wiringOf(loadBalancer.stack.graph);
  const own = forwards.get(loadBalancer) ?? { forwards: [], unknowns: [] };
  return { ...own, unknowns: [...own.unknowns, ...hidden] };
}

/** The load balancers that send traffic to a target group, surely or perhaps. */
export function loadBalancersOf(targetGroup: Resource): Targets {
  const { graph } = targetGroup.stack;
  const { forwards, hidden } = wiringOf(graph);
  const links = [...forwards].flatMap(([loadBalancer, own]) =>
    own.forwards
      .filter((forward) => forward.targetGroup === targetGroup)
      .map(({ certain }) => ({ loadBalancer, certain })),
  );
  return {
    resources: links.filter(({ certain }) => certain === true).map(({ loadBalancer }) => loadBalancer),
    unknowns: [
      ...links.map(({ certain }) => certain).filter((certain) => certain instanceof Unknown),
      ...hidden,
    ],
  };
}

/** The target group that a value names, by reference or by an ARN with the name of one of the app. */
export function resolveTargetGroup(value: Value, from: Resource): Resource | Unknown {
  const { graph } = from.stack;
  // arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/NAME/ID
  const name = typeof value === 'string' ? /:targetgroup\/([^/]+)\//.exec(value)?.[1] : undefined;
  const named = name === undefined ? undefined : graph.named(name, from);
  return named ?? graph.resolve(value, from);
}

/** A listener or rule, with the load balancer whose traffic it directs. */
interface Sender {
  readonly loadBalancer: Resource | Unknown | undefined;
  readonly resource: Resource;
  readonly property: string;
  readonly certain: Truth;
}

const wiringOf = oncePerGraph((graph): Wiring => {
  const listeners = new Map<Resource, Resource[]>();
  const forwards = new Map<Resource, Map<Resource, Truth>>();
  const unknowns = new Map<Resource, Unknown[]>();
  const senders = sendersOf(graph);
  const unreadable = graph.unreadable.map((reason) => new Unknown(reason));
  for (const { loadBalancer, resource, property, certain } of senders) {
    if (!(loadBalancer instanceof Resource)) continue;
    if (isListener(resource)) push(listeners, loadBalancer, resource);
    const named = targetGroupsNamedBy(resource, property);
    for (const group of named.filter((found) => found instanceof Resource))
      link(forwards, loadBalancer, group, certain);
    for (const lost of named.filter((found) => found instanceof Unknown)) push(unknowns, loadBalancer, lost);
  }
  return {
    listeners,
    forwards: collected(forwards, unknowns),
    hiddenListeners: [...unreadable, ...ownersLost(senders.filter(({ resource }) => isListener(resource)))],
    hidden: [...unreadable, ...ownersLost(senders)],
  };
});

function isListener({ type }: Resource): boolean {
  return type === LISTENER;
}

function ownersLost(senders: readonly Sender[]): readonly Unknown[] {
  return senders.map(({ loadBalancer }) => loadBalancer).filter((owner) => owner instanceof Unknown);
}

function sendersOf(graph: Graph): readonly Sender[] {
  const listeners = graph.ofType(LISTENER).map((listener): Sender => {
    const loadBalancer = ownerOf(listener, 'LoadBalancerArn');
    const certain = loadBalancer instanceof Resource ? existsWith(listener, loadBalancer) : true;
    return { loadBalancer, resource: listener, property: 'DefaultActions', certain };
  });
  const rules = graph.ofType('AWS::ElasticLoadBalancingV2::ListenerRule').map((rule): Sender => {
    const listener = ownerOf(rule, 'ListenerArn');
    const loadBalancer = listener instanceof Resource ? ownerOf(listener, 'LoadBalancerArn') : listener;
    const chain = [rule, listener].filter((link) => link instanceof Resource);
    const certain =
      loadBalancer instanceof Resource
        ? everyTruth(chain.map((part) => existsWith(part, loadBalancer)))
        : true;
    return { loadBalancer, resource: rule, property: 'Actions', certain };
  });
  return [...listeners, ...rules];
}

/** What a listener or rule belongs to; undefined where that is named outright and is not in the app. */
function ownerOf(resource: Resource, property: string): Resource | Unknown | undefined {
  const value = resource.get(property);
  const owner = value === undefined ? undefined : resource.stack.graph.resolve(value, resource);
  return owner instanceof Unknown && typeof value === 'string' ? undefined : owner;
}

/** The target groups that the actions of a listener or rule name. */
function targetGroupsNamedBy(sender: Resource, property: string): readonly (Resource | Unknown)[] {
  return targetGroupValues(sender.get(property)).map((value) => resolveTargetGroup(value, sender));
}

function targetGroupValues(actions: Value | undefined): readonly Value[] {
  if (actions === undefined) return [];
  if (actions instanceof Unknown) return [actions];
  if (isList(actions)) return actions.flatMap(targetGroupValues);
  if (!isMap(actions)) return [];
  const { TargetGroupArn: arn, ForwardConfig: config } = actions;
  const groups = isMap(config) ? config.TargetGroups : config;
  return [...(arn === undefined ? [] : [arn]), ...targetGroupValues(groups)];
}

function link(
  forwards: Map<Resource, Map<Resource, Truth>>,
  loadBalancer: Resource,
  targetGroup: Resource,
  certain: Truth,
): void {
  const groups = forwards.get(loadBalancer) ?? new Map<Resource, Truth>();
  forwards.set(loadBalancer, groups);
  if (groups.get(targetGroup) !== true) groups.set(targetGroup, certain);
}

function collected(
  forwards: ReadonlyMap<Resource, ReadonlyMap<Resource, Truth>>,
  unknowns: ReadonlyMap<Resource, readonly Unknown[]>,
): ReadonlyMap<Resource, Forwards> {
  const loadBalancers = new Set([...forwards.keys(), ...unknowns.keys()]);
  return new Map(
    [...loadBalancers].map((loadBalancer) => [
      loadBalancer,
      {
        forwards: [...(forwards.get(loadBalancer) ?? [])].map(([targetGroup, certain]) => ({
          targetGroup,
          certain,
        })),
        unknowns: unknowns.get(loadBalancer) ?? [],
      },
    ]),
  );
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
