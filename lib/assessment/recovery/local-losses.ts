import type { Resource } from '../../assembly/resource';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { RECOVERY_FACTS } from '../../calculus/recovery-facts';
import type { FaultEvent } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { AT_ONCE, inSequence, longest, neverBack, type Path, taking } from './path';
import { byHand } from './people';
import { bestPoint } from './recovery-point';
import type { Store } from './store';
import { storeFor } from './stores';
import { replacement, SPREAD_TYPES, targetOut } from './units';
import type { Loss, Structure } from './walk';

const TARGET_GROUPS: ReadonlySet<string> = new Set([
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::ElasticLoadBalancing::LoadBalancer',
]);

/** More zones than any app has; what an odd template names beyond is left out, and that is said. */
const MOST_ZONES = 40;

/** How many of the slowest are tried one by one. */
const MOST_TRIED = 25;

/** The way back from the loss of the instance that hurts most. */
export function instanceLost(structure: Structure, model: Modelling): Path {
  const units = [...new Set(structure.nodes.map(({ resource }) => resource))]
    .map((resource) => ({ resource, path: instancePath(resource, model) }))
    .filter(({ path }) => path.worstSeconds > 0)
    .sort((a, b) => b.path.worstSeconds - a.path.worstSeconds || (a.resource.id < b.resource.id ? -1 : 1));
  let worst: Path = longest(targetsOut(structure));
  for (const { resource, path } of units.slice(0, MOST_TRIED)) {
    if (path.worstSeconds <= worst.worstSeconds) break;
    worst = longest([worst, structure.wayBackFrom(instanceLoss(resource, path))]);
  }
  return worst;
}

function instanceLoss(lost: Resource, path: Path): Loss {
  return {
    event: ({ kind, id, resources }, of) => {
      if (kind !== 'resource' || of !== lost || !resources.includes(lost)) return AT_ONCE;
      return id.includes('#') && !id.endsWith(' 1') ? AT_ONCE : path;
    },
  };
}

/** Every target that is lost is first left out by its load balancer. */
function targetsOut(structure: Structure): readonly Path[] {
  return structure.nodes
    .map(({ resource }) => resource)
    .filter(({ type }) => TARGET_GROUPS.has(type))
    .map(targetOut);
}

/** How long one instance, task or node is missed. */
function instancePath(resource: Resource, model: Modelling): Path {
  if (SPREAD_TYPES.has(resource.type)) return replacement(resource);
  if (resource.type === 'AWS::EC2::Instance')
    return inSequence(
      taking(RECOVERY_FACTS.statusCheckSeconds, { what: 'its loss is seen', resource }),
      taking(RECOVERY_FACTS.instanceRecoverySeconds, {
        what: 'the instance recovers on another host',
        resource,
        fix: 'run two instances in an Auto Scaling group',
        controlPlane: 'recovers the instance',
      }),
    );
  return storeFor(resource, model)?.instance ?? AT_ONCE;
}

/** The way back from the loss of the zone that hurts most. */
export function zoneLost(structure: Structure, model: Modelling): Path {
  const zones = structure.events.filter(({ kind }) => kind === 'zone').sort((a, b) => (a.id < b.id ? -1 : 1));
  if (zones.length > MOST_ZONES)
    model.assume(`of ${zones.length} zones, the loss of the first ${MOST_ZONES} is looked at`);
  const known = new Map<Resource, Path>();
  const failoverOf = (resource: Resource): Path => {
    const path = known.get(resource) ?? zoneFailover(resource, structure, model);
    known.set(resource, path);
    return path;
  };
  const paths = zones
    .slice(0, MOST_ZONES)
    .map((zone) => structure.wayBackFrom(zoneLoss(zone, model, failoverOf)));
  // Stores that AWS spreads over zones fail over whichever is lost, also where no zone is named.
  return longest([...paths, structure.wayBackFrom(zoneLoss(undefined, model, failoverOf))]);
}

function zoneLoss(
  zone: FaultEvent | undefined,
  model: Modelling,
  failoverOf: (resource: Resource) => Path,
): Loss {
  return {
    event: ({ id, kind, resources }, of) => {
      if (of === undefined) return AT_ONCE;
      if (zone && id === zone.id) return elsewhere(of, model);
      return kind === 'resource' && !id.includes('#') && resources.includes(of) ? failoverOf(of) : AT_ONCE;
    },
    beside: (of) => (TARGET_GROUPS.has(of.type) ? targetOut(of) : AT_ONCE),
  };
}

/** What stands in several zones and moves to another one by itself. */
function zoneFailover(resource: Resource, { zonal }: Structure, model: Modelling): Path {
  if (resource.type.startsWith('AWS::ElasticLoadBalancing')) {
    if (TARGET_GROUPS.has(resource.type) || resource.zones.most < 2) return AT_ONCE;
    const { value, source } = AWS_FACTS.route53AliasTtlSeconds;
    return inSequence(
      taking(RECOVERY_FACTS.loadBalancerNodeOutSeconds, {
        what: 'the name of the load balancer leaves the zone out',
        resource,
      }),
      { what: 'time to live of that name', typicalSeconds: value, worstSeconds: value, source, resource },
    );
  }
  return zonal.has(resource) ? AT_ONCE : (storeFor(resource, model)?.zone ?? AT_ONCE);
}

/** What stood in the lost zone comes back in another one. */
function elsewhere(resource: Resource, model: Modelling): Path {
  if (SPREAD_TYPES.has(resource.type))
    return resource.zones.most > 1 || resource.zones.isEmpty
      ? replacement(resource)
      : moved(resource, 'give it subnets in other zones, and units there');
  const store = storeFor(resource, model);
  if (store) return storeElsewhere(store);
  if (resource.type === 'AWS::EC2::NatGateway')
    return byHand(
      taking(RECOVERY_FACTS.gatewayReplacementSeconds, {
        what: 'a NAT gateway is made in another zone, and routes lead to it',
        resource,
        controlPlane: 'makes a gateway and changes routes',
      }),
      'use a NAT gateway in each zone, or a regional one',
    );
  return moved(resource, 'let it stand in two zones or more');
}

/** A person changes the stack so that it stands in another zone. */
function moved(resource: Resource, fix: string): Path {
  return byHand(
    inSequence(
      taking(RECOVERY_FACTS.stackUpdateSeconds, {
        what: `${resource.logicalId} is deployed to another zone`,
        resource,
        controlPlane: 'changes the stack',
      }),
      ...(SPREAD_TYPES.has(resource.type) ? [replacement(resource)] : []),
    ),
    fix,
  );
}

function storeElsewhere(store: Store): Path {
  const { resource, zone, lost } = store;
  // Data that is kept needs an instance in another zone; what is lost is restored.
  if (zone) return zone;
  const fix = 'let it stand in two zones or more';
  const point = bestPoint(store, ({ elsewhere: away }) => !away) ?? bestPoint(store, () => true);
  if (point) return byHand(inSequence(...point.restore), fix);
  if (lost.availabilityZone !== undefined || !store.repairable) return moved(resource, fix);
  return neverBack({
    what: `${nameOf(resource)} and its data are lost with the zone: nothing is kept elsewhere`,
    source: 'no standby in another zone and no backup',
    resource,
    fix: `${fix}; ${store.protect}`,
    ...(store.open !== undefined && { open: store.open }),
  });
}
