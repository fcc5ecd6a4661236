import type { Resource } from '../../assembly/resource';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { RECOVERY_FACTS } from '../../calculus/recovery-facts';
import { RegionRole } from '../../objectives/region-role';
import type { AssessedService } from '../assessed-service';
import type { FaultEvent } from '../failure';
import type { Modelling } from '../modelling';
import { trafficSwitchOf } from './dns-switch';
import { inAnotherZone } from './elsewhere';
import { AT_ONCE, inSequence, longest, neverBack, type Path, sureOf, taking } from './path';
import { storeFor } from './stores';
import { asFarAsCounted } from './uncertain';
import { instanceBack, podBack, replacement, SPREAD_TYPES, targetOut } from './units';
import type { Loss, Structure } from './walk';

export const TARGET_GROUPS: ReadonlySet<string> = new Set([
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::ElasticLoadBalancing::LoadBalancer',
]);

/** More zones than any app has; what an odd template names beyond is left out, and that is said. */
const MOST_ZONES = 40;

/** How many of the slowest are tried one by one. */
const MOST_TRIED = 25;

/** The losses that a region survives: one instance, or one zone. */
export class LocalLosses {
  readonly #failovers = new Map<Resource, Path>();
  readonly #moves = new Map<Resource, Path>();
  readonly #switches = new Map<FaultEvent, Path>();
  readonly #oneRegionServes: boolean;

  constructor(
    private readonly structure: Structure,
    private readonly service: AssessedService,
    private readonly model: Modelling,
  ) {
    this.#oneRegionServes = [...service.roles.values()].includes(RegionRole.STANDBY);
  }

  /** The way back from the loss of the instance that hurts most. */
  instance(): Path {
    const units = [...new Set(this.structure.nodes.map(({ resource }) => resource))]
      .map((resource) => ({ resource, path: instancePath(resource, this.model) }))
      .filter(({ path }) => path.worstSeconds > 0)
      .sort((a, b) => b.path.worstSeconds - a.path.worstSeconds || (a.resource.id < b.resource.id ? -1 : 1));
    let worst: Path = longest(this.#targetsOut());
    let tried = 0;
    for (const { resource, path } of units) {
      if (path.worstSeconds <= sureOf(worst).worstSeconds || tried === MOST_TRIED) break;
      const loss = this.#instanceLoss(resource, path);
      if (!this.structure.stops(resource, loss)) continue;
      tried += 1;
      worst = longest([worst, this.structure.wayBackFrom(loss)]);
    }
    return worst;
  }

  /** The way back from the loss of the zone that hurts most. */
  zone(): Path {
    // No zone stops what serves nobody: it is said that nothing is known.
    if (this.structure.isDown) return AT_ONCE;
    const zones = this.structure.events
      .filter(({ kind }) => kind === 'zone')
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    if (zones.length > MOST_ZONES)
      this.model.assume(`of ${zones.length} zones, the loss of the first ${MOST_ZONES} is looked at`);
    // Stores that AWS spreads over zones fail over whichever is lost, also where no zone is named.
    return longest(
      [...zones.slice(0, MOST_ZONES), undefined].map((zone) =>
        this.structure.wayBackFrom(this.#zoneLoss(zone)),
      ),
    );
  }

  #instanceLoss(lost: Resource, path: Path): Loss {
    return {
      event: (event, of) => {
        const { kind, id, resources } = event;
        if (kind === 'switch') return this.switched(event);
        if (kind !== 'resource' || of !== lost || !resources.includes(lost)) return AT_ONCE;
        return id.includes('#') && !id.endsWith(' 1') ? AT_ONCE : path;
      },
    };
  }

  #zoneLoss(zone: FaultEvent | undefined): Loss {
    return {
      event: (event, of) => {
        const { kind, id, resources } = event;
        if (kind === 'switch') return this.switched(event);
        if (of === undefined) return AT_ONCE;
        if (zone && id === zone.id) return this.#inAnotherZone(of);
        return kind === 'resource' && !id.includes('#') && resources.includes(of)
          ? this.failover(of)
          : AT_ONCE;
      },
      beside: (of) => (TARGET_GROUPS.has(of.type) ? targetOut(of) : AT_ONCE),
    };
  }

  /** Nobody leaves a region for one zone; where all regions serve, health checks may. Each loss asks for every switch. */
  switched(event: FaultEvent): Path {
    const path = this.#switches.get(event) ?? this.#switchedBy(event);
    this.#switches.set(event, path);
    return path;
  }

  #switchedBy(event: FaultEvent): Path {
    // Units that are started later are not lost.
    if (event.resources.some(({ type }) => SPREAD_TYPES.has(type))) return AT_ONCE;
    // For less than a region nobody promotes a copy.
    const stays = this.#oneRegionServes || event.promoted !== undefined;
    const traffic = stays ? undefined : trafficSwitchOf(event);
    if (traffic?.detection) return inSequence(traffic.detection, traffic.spread);
    return neverBack({ what: 'the region is not left', source: 'the region is not left' });
  }

  /** Every target that is lost is first left out by its load balancer. */
  #targetsOut(): readonly Path[] {
    return this.structure.nodes
      .map(({ resource }) => resource)
      .filter(({ type }) => TARGET_GROUPS.has(type))
      .map(targetOut);
  }

  #inAnotherZone(resource: Resource): Path {
    const path = this.#moves.get(resource) ?? inAnotherZone(resource, this.service, this.model);
    this.#moves.set(resource, path);
    return path;
  }

  /** What a resource in several zones does where the zone that it works in is lost. */
  failover(resource: Resource): Path {
    const path = this.#failovers.get(resource) ?? this.#zoneFailover(resource);
    this.#failovers.set(resource, path);
    return path;
  }

  /** What stands in several zones and moves to another one by itself. */
  #zoneFailover(resource: Resource): Path {
    if (resource.type.startsWith('AWS::ElasticLoadBalancing')) return withoutZone(resource);
    if (this.structure.zonal.has(resource)) return AT_ONCE;
    return storeFor(resource, this.model)?.zone ?? AT_ONCE;
  }
}

/** The name of a load balancer no longer leads to the lost zone. */
function withoutZone(balancer: Resource): Path {
  if (balancer.type.endsWith('TargetGroup') || balancer.zones.most < 2) return AT_ONCE;
  const { value, source } = AWS_FACTS.route53AliasTtlSeconds;
  return inSequence(
    taking(RECOVERY_FACTS.loadBalancerNodeOutSeconds, {
      what: 'the name of the load balancer leaves the zone out',
      resource: balancer,
    }),
    {
      what: 'time to live of that name',
      typicalSeconds: value,
      worstSeconds: value,
      source,
      resource: balancer,
    },
  );
}

/** How long one instance, task or node is missed. */
export function instancePath(resource: Resource, model: Modelling): Path {
  return asFarAsCounted(resource, wayWithoutInstance(resource, model));
}

function wayWithoutInstance(resource: Resource, model: Modelling): Path {
  if (SPREAD_TYPES.has(resource.type)) return replacement(resource);
  if (resource.type === 'AWS::EC2::Instance') return instanceBack(resource);
  return podBack(resource) ?? storeFor(resource, model)?.instance ?? AT_ONCE;
}
