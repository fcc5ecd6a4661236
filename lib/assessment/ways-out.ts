import { subnetsOf } from '../assembly/compute/workloads';
import { defaultRouteOf } from '../assembly/network/routes';
import { oncePerResource } from '../assembly/once-per-resource';
import { Resource } from '../assembly/resource';

/** The gateways through which the units of a resource leave its network, by the zone of the unit's subnet. */
const gatewaysByZone = oncePerResource((resource): ReadonlyMap<string, readonly Resource[]> => {
  const byZone = new Map<string, Resource[]>();
  for (const subnet of subnetsOf(resource)) {
    if (!(subnet instanceof Resource)) continue;
    const route = defaultRouteOf(subnet);
    const gateway = route && 'kind' in route && route.kind === 'nat' ? route.target : undefined;
    if (!(gateway instanceof Resource)) continue;
    for (const zone of subnet.zones.names) byZone.set(zone, [...(byZone.get(zone) ?? []), gateway]);
  }
  return byZone;
});

/** The NAT gateways that what runs in one zone cannot do without. */
export function waysOutByZone(resource: Resource, zone: string): readonly Resource[] {
  return [...new Set(gatewaysByZone(resource).get(zone) ?? [])];
}
