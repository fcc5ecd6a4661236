import type { Resource } from '../../assembly/resource';
import { RECOVERY_FACTS } from '../../calculus/recovery-facts';
import type { AssessedService } from '../assessed-service';
import { isRebuildable } from '../data-owed';
import { type Modelling, nameOf } from '../modelling';
import { servesOwnZonesOnly } from './own-zones';
import { AT_ONCE, inSequence, neverBack, type Path, taking } from './path';
import { byHand } from './people';
import { bestPoint } from './recovery-point';
import type { Store } from './store';
import { storeFor } from './stores';
import { asFarAsPlaced } from './uncertain';
import { replacement, SPREAD_TYPES } from './units';

const TWO_ZONES = 'let it stand in two zones or more';

/** How what stood in a lost zone comes back in another one. */
export function inAnotherZone(resource: Resource, { dataClasses }: AssessedService, model: Modelling): Path {
  const kept = isRebuildable(resource, dataClasses) !== true;
  return asFarAsPlaced(resource, wayElsewhere(resource, kept, model));
}

/** The same where all of its zones are lost together: that it stands in several of them is no help. */
export function inNewZones(resource: Resource, service: AssessedService, model: Modelling): Path {
  if (SPREAD_TYPES.has(resource.type))
    return moved(resource, 'give it subnets in other zones, and units there');
  const store = storeFor(resource, model);
  if (!store) return inAnotherZone(resource, service, model);
  const kept = isRebuildable(resource, service.dataClasses) !== true;
  return store.anew ?? storeElsewhere(withoutItsZones(store), kept);
}

/** What is left of a store whose zones are all lost; one that moves at once stands in others too. */
export function withoutItsZones(store: Store): Store {
  if (store.anew !== undefined || store.zone === undefined || store.zone === AT_ONCE) return store;
  return { ...store, zone: undefined, lost: { ...store.lost, availabilityZone: undefined } };
}

function wayElsewhere(resource: Resource, kept: boolean, model: Modelling): Path {
  if (SPREAD_TYPES.has(resource.type))
    return resource.zones.most > 1 || resource.zones.isEmpty
      ? replacement(resource)
      : moved(resource, 'give it subnets in other zones, and units there');
  const store = storeFor(resource, model);
  if (store) return storeElsewhere(store, kept);
  if (resource.type === 'AWS::EC2::NatGateway')
    return servesOwnZonesOnly(resource) ? AT_ONCE : anotherGateway(resource);
  return moved(resource, TWO_ZONES);
}

/** Who stands in other zones, and leaves by the lost one, waits for a new gateway. */
function anotherGateway(resource: Resource): Path {
  return byHand(
    resource,
    taking(RECOVERY_FACTS.gatewayReplacementSeconds, {
      what: 'a NAT gateway is made in another zone, and routes lead to it',
      resource,
      controlPlane: 'makes a gateway and changes routes',
    }),
    'use a NAT gateway in each zone, or a regional one',
  );
}

/** A person changes the stack so that it stands in another zone. */
function moved(resource: Resource, fix: string): Path {
  return byHand(
    resource,
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

/** Data that is kept needs only what reads it; what is lost is restored. */
function storeElsewhere(store: Store, kept: boolean): Path {
  const { resource, zone, lost } = store;
  if (zone) return zone;
  const point = bestPoint(store, ({ elsewhere }) => !elsewhere) ?? bestPoint(store, () => true);
  if (point) return byHand(resource, inSequence(...point.restore), TWO_ZONES);
  if (lost.availabilityZone !== undefined || !store.repairable || !kept) return moved(resource, TWO_ZONES);
  return neverBack({
    what: `${nameOf(resource)} and its data are lost with the zone: nothing is kept elsewhere`,
    source: 'no standby in another zone and no backup',
    resource,
    fix: `${TWO_ZONES}; ${store.protect}`,
    ...(store.open !== undefined && { open: store.open }),
  });
}
