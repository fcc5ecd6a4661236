import { attributeOf } from '../../assembly/compute/load-balancer-attributes';
import { registrationsOf } from '../../assembly/compute/load-balancer-targets';
import { forwardsOf, listenersOf, loadBalancerType } from '../../assembly/compute/load-balancing';
import { ZoneSet } from '../../assembly/network/zones';
import type { Resource } from '../../assembly/resource';
import { wordOf } from '../../assembly/value';
import type { Component } from '../component';
import { allOf, anyOf, type Failure, NEVER } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { agreement } from './agreement';
import { exportsOf } from './exported';
import { isIdle } from './idle-groups';
import { clustersBeside, registeredFail } from './targets';
import { servesNobody } from './units/late-units';
import { zonesHeld } from './zones-held';

const CLASSIC = 'AWS::ElasticLoadBalancing::LoadBalancer';

const BALANCER: Component = {
  types: ['AWS::ElasticLoadBalancingV2::LoadBalancer', CLASSIC],
  part: (balancer) =>
    balancer.type !== CLASSIC && loadBalancerType(balancer) === 'gateway' ? 'support' : 'entry',
  fails: (balancer, model) => {
    const groups = groupsOf(balancer, model);
    const served = zonesServed(balancer, groups, model);
    return anyOf(
      nodesFail(balancer, served, model),
      listensFail(balancer, model),
      ...(served.none === undefined ? [] : [servesNobody(balancer, served.none, model)]),
      ...groups.map((group) => (served.all ? model.of(group) : registeredFail(group, model, served.targets))),
      ...idleBeside(balancer, groups).map(([serving, idle]) => allOf(model.of(serving), model.of(idle))),
      // Whatever else makes a target fail is asked of the group; it is the same wherever the target stands.
      ...(served.all ? [] : groups.filter((group) => group !== balancer).map((group) => model.of(group))),
    );
  },
};

const TARGET_GROUP: Component = {
  types: ['AWS::ElasticLoadBalancingV2::TargetGroup'],
  part: 'support',
  fails: (group, model) => registeredFail(group, model),
};

export const LOAD_BALANCING: readonly Component[] = [BALANCER, TARGET_GROUP];

/** The zones through which a load balancer serves. */
interface Served {
  /** Where it has nodes that get requests. */
  readonly nodes: ReadonlySet<string>;

  /** Where targets get traffic. */
  readonly targets: ReadonlySet<string>;

  /** Whether targets in all zones do. */
  readonly all: boolean;

  /** Why none of its targets does. @default - some do */
  readonly none?: string;
}

/**
 * Each zone of a load balancer has a node, and targets in zones without one get nothing. Where nodes keep to their own
 * zone, one without targets is taken out of the answers of DNS.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html Target.NotInUse
 */
function zonesServed(balancer: Resource, groups: readonly Resource[], model: Modelling): Served {
  const own = zonesHeld(balancer, model);
  const nodes = new Set(own);
  const every = { nodes, targets: nodes, all: true };
  const kept = groups.filter((group) => !crossesZones(balancer, group));
  const targets = ZoneSet.union(
    (kept.length > 0 ? kept : groups).flatMap((group) =>
      registrationsOf(group).registrations.map(({ zones }) => zones),
    ),
  );
  if (!isKnown(targets)) return every;
  const both = own.filter((zone) => targets.names.has(zone));
  if (both.length === 0) return { ...every, ...(canTell(balancer, targets) && { none: noneOf(targets) }) };
  if (kept.length === 0) return { ...every, ...reached(balancer, { targets, both }, model) };
  if (both.length < own.length || both.length < targets.names.size)
    model.assume(
      `${nameOf(balancer)} serves in ${both.join(', ')} only: it does not cross zones, and elsewhere it has no node or no target`,
      balancer,
    );
  return { nodes: new Set(both), targets: new Set(both), all: both.length === targets.names.size };
}

function isKnown({ names, unknowns, whole }: ZoneSet): boolean {
  return unknowns.length === 0 && !whole && names.size > 0;
}

/** Whether it has a node in the zone of a target: nobody knows which zone a symbol is. */
function canTell({ zones }: Resource, targets: ZoneSet): boolean {
  const all = [...zones.names, ...targets.names];
  return isKnown(zones) && new Set(all.map((zone) => zone.includes('#'))).size === 1;
}

function noneOf({ names }: ZoneSet): string {
  return `all of its targets stand in ${[...names].sort().join(', ')}, where it has no node`;
}

/** The zones of targets that are reached by nodes which cross zones. */
function reached(
  balancer: Resource,
  { targets, both }: { readonly targets: ZoneSet; readonly both: readonly string[] },
  model: Modelling,
): Partial<Served> {
  const idle = [...targets.names].filter((zone) => !both.includes(zone)).sort();
  if (idle.length === 0 || !canTell(balancer, targets)) return {};
  model.assume(`targets in ${idle.join(', ')} get nothing: ${nameOf(balancer)} has no node there`, balancer);
  return { targets: new Set(both), all: false };
}

/** Application load balancers cross zones unless a target group says otherwise; the others only where they are told to. */
function crossesZones(balancer: Resource, group: Resource): boolean {
  if (balancer.type === CLASSIC) return wordOf(balancer.get('CrossZone')) === 'true';
  const key = 'load_balancing.cross_zone.enabled';
  const ofGroup = attributeOf(group, key);
  if (wordOf(ofGroup) === 'true' || wordOf(ofGroup) === 'false') return wordOf(ofGroup) === 'true';
  return loadBalancerType(balancer) === 'application' || wordOf(attributeOf(balancer, key)) === 'true';
}

/** The nodes of the load balancer itself: one in each of its zones. */
function nodesFail(balancer: Resource, { nodes: zones }: Served, model: Modelling): Failure {
  const [only, another] = [...zones];
  if (only !== undefined && another === undefined)
    return model.zonal(balancer, only, agreement('loadBalancerSingleAz', 'a load balancer in one zone'));
  const whole = agreement('loadBalancerMultiAz', 'a load balancer in several zones');
  return anyOf(model.regional(balancer, whole), model.allZones(balancer, [...zones]));
}

/** The idle side of a deployment fails nothing, but it is no way in of its own either. */
function idleBeside(
  balancer: Resource,
  serving: readonly Resource[],
): readonly (readonly [Resource, Resource])[] {
  const [first] = serving;
  if (balancer.type === CLASSIC || !first) return [];
  const named = forwardsOf(balancer).forwards.map(({ targetGroup }) => targetGroup);
  return named.filter((group) => !serving.includes(group)).map((group) => [first, group] as const);
}

/**
 * Every target group serves some path; the idle side of a deployment, and one that nothing registers with beside others,
 * serves none.
 */
function groupsOf(balancer: Resource, model: Modelling): readonly Resource[] {
  if (balancer.type === CLASSIC) return [balancer];
  const groups = [...new Set(forwardsOf(balancer).forwards.map(({ targetGroup }) => targetGroup))];
  const used = groups.filter((group) => !isIdle(group));
  const serving = used.filter((group) => registrationsOf(group).registrations.length > 0);
  if (serving.length === 0) return used;
  for (const group of used.filter((each) => !serving.includes(each)))
    model.assume(`no user needs ${nameOf(group)}: nothing registers with it`, group);
  return serving;
}

/** Without a listener, and without one in use, it answers nobody. */
function listensFail(balancer: Resource, model: Modelling): Failure {
  if (balancer.type === CLASSIC) return NEVER;
  const { resources, unknowns } = listenersOf(balancer);
  const hidden = [
    ...unknowns,
    ...forwardsOf(balancer).unknowns,
    ...clustersBeside(balancer),
    ...exportsOf(balancer),
  ];
  if (resources.length > 0) return NEVER;
  if (hidden.length === 0) return servesNobody(balancer, 'it has no listener', model);
  model.assume(
    `${nameOf(balancer)} has a listener that the app does not show: ${hidden[0]?.reason}`,
    balancer,
  );
  return NEVER;
}
