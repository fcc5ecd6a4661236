import type { Truth } from '../conditions';
import { placementOf, valuesAt, ZoneSet, zonesNamedIn } from '../network/zones';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { isMap, referencesIn, Unknown, type Value } from '../value';
import { resolveTargetGroup } from './load-balancing';

/** Something that takes traffic from a target group or a Classic Load Balancer. */
export interface Registration {
  /** The scaling group or service, or what holds the list of targets. */
  readonly by: Resource;

  /** Where the targets stand. */
  readonly zones: ZoneSet;

  /** Unknown where only deploy knows whether it registers there. */
  readonly certain: Truth;
}

/** All that the app registers with a target group or a Classic Load Balancer. */
export interface Registrations {
  readonly registrations: readonly Registration[];

  /** Why others may register too. */
  readonly unknowns: readonly Unknown[];
}

/** What takes traffic from a target group or a Classic Load Balancer: groups, services and single targets. */
export function registrationsOf(balancer: Resource): Registrations {
  const { registrations, hidden } = groupsOf(balancer.stack.graph);
  const targets = staticTargetsOf(balancer);
  const single = (targets instanceof Unknown ? [] : targets).map(
    (zones): Registration => ({ by: balancer, zones, certain: true }),
  );
  return {
    registrations: [...(registrations.get(balancer) ?? []), ...single],
    unknowns: [...(targets instanceof Unknown ? [targets] : []), ...hidden],
  };
}

/** The zones of each single target that a target group or a Classic Load Balancer lists. */
export function staticTargetsOf(balancer: Resource): readonly ZoneSet[] | Unknown {
  const classic = balancer.type === 'AWS::ElasticLoadBalancing::LoadBalancer';
  const targets = balancer.list(classic ? 'Instances' : 'Targets');
  if (targets instanceof Unknown) return targets;
  return targets.map((target) =>
    isMap(target)
      ? zonesOfDescription(target.Id, target.AvailabilityZone, balancer)
      : zonesOf(target, balancer),
  );
}

function zonesOfDescription(id: Value | undefined, zone: Value | undefined, from: Resource): ZoneSet {
  if (zone === 'all') return ZoneSet.unknown('a target outside the network stands in no zone of it');
  return zone === undefined ? zonesOf(id, from) : zonesNamedIn(zone);
}

function zonesOf(target: Value | undefined, from: Resource): ZoneSet {
  const resource = from.stack.graph.resolve(target ?? null, from);
  if (resource instanceof Resource) return placed(resource);
  const isAddress = typeof target === 'string' && /^([\d.]+|[\da-f]*:[\da-f:]*)$/i.test(target);
  return ZoneSet.unknown(isAddress ? `nothing says in which zone ${target} is` : resource);
}

/** The zones of what registers. Tasks without subnets of their own run wherever their cluster has instances. */
function placed(resource: Resource): ZoneSet {
  const zones = placementOf(resource);
  if (!zones.isEmpty) return zones;
  return ZoneSet.unknown(
    resource.type === 'AWS::ECS::Service'
      ? `${resource.logicalId} runs wherever its cluster has instances`
      : `the zone of ${resource.logicalId} is chosen at deploy`,
  );
}

interface Groups {
  readonly registrations: ReadonlyMap<Resource, readonly Registration[]>;

  /** Why any target group may have more than was found. */
  readonly hidden: readonly Unknown[];
}

const groupsOf = oncePerGraph((graph): Groups => {
  const registrations = new Map<Resource, Registration[]>();
  const hidden = graph.unreadable.map((reason) => new Unknown(reason));
  for (const by of graph.ofType('AWS::AutoScaling::AutoScalingGroup', 'AWS::ECS::Service')) {
    for (const { balancer, certain } of balancersNamedBy(by)) {
      if (balancer instanceof Unknown) hidden.push(balancer);
      else
        add(registrations, balancer, { by, certain: certain ?? existsWith(by, balancer), zones: placed(by) });
    }
  }
  return { registrations, hidden };
});

function add(
  registrations: Map<Resource, Registration[]>,
  balancer: Resource,
  registration: Registration,
): void {
  const list = registrations.get(balancer) ?? [];
  registrations.set(balancer, list);
  if (!list.some(({ by }) => by === registration.by)) list.push(registration);
}

interface Named {
  readonly balancer: Resource | Unknown;

  /** Why only deploy knows whether it is meant. @default - it is */
  readonly certain?: Unknown;
}

const NAMING_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::AutoScaling::AutoScalingGroup': [
    'TargetGroupARNs',
    'LoadBalancerNames',
    'TrafficSources.*.Identifier',
  ],
  'AWS::ECS::Service': ['LoadBalancers.*.TargetGroupArn', 'LoadBalancers.*.LoadBalancerName'],
};

/** The values by which a scaling group or a service names target groups and Classic Load Balancers. */
export function balancerValuesOf(resource: Resource): readonly Value[] {
  const paths = NAMING_PROPERTIES[resource.type] ?? [];
  return paths.flatMap((path) => valuesAt(resource, path)).flat();
}

function balancersNamedBy(resource: Resource): readonly Named[] {
  return balancerValuesOf(resource).flatMap((value): readonly Named[] => {
    if (!(value instanceof Unknown)) return known(resolveTargetGroup(value, resource), value);
    // Whichever branch deploy takes, it can only name what the branches name.
    const mentioned = referencesIn(value).map(
      (reference): Named => ({ balancer: reference.resource, certain: value }),
    );
    return mentioned.length > 0 ? mentioned : [{ balancer: value, certain: value }];
  });
}

/** What is named outright and is not in the app takes no traffic from what is. */
function known(balancer: Resource | Unknown, value: Value): readonly Named[] {
  return balancer instanceof Unknown && typeof value === 'string' ? [] : [{ balancer }];
}
