import { natZonesOf } from '../../assembly/network/nat-gateways';
import { oncePerResource } from '../../assembly/once-per-resource';
import { Resource } from '../../assembly/resource';
import { zoneNamesOf } from '../lost-zones';

/**
 * Whether a NAT gateway serves nobody outside of its own zones. Who uses it is lost with it, and goes on elsewhere, by the gateway
 * that is there: nobody waits for a new one.
 */
export const servesOwnZonesOnly = oncePerResource((gateway): boolean => {
  const own = zoneNamesOf(gateway, natZonesOf(gateway));
  const subnets = named(gateway, 'AWS::EC2::Route', 'RouteTableId').flatMap((table) =>
    table ? named(table, 'AWS::EC2::SubnetRouteTableAssociation', 'SubnetId') : [undefined],
  );
  return (
    own.length > 0 &&
    subnets.length > 0 &&
    subnets.every((subnet) => subnet !== undefined && standsWithin(subnet, own))
  );
});

/** What those that name a resource name beside it; undefined where the app does not tell. */
function named(resource: Resource, type: string, path: string): readonly (Resource | undefined)[] {
  const mentions = resource.stack.graph.mentionsOf(resource, type);
  return [...new Set(mentions.map(({ from }) => from))].map((from) => {
    const found = from.target(path);
    return found instanceof Resource ? found : undefined;
  });
}

function standsWithin(subnet: Resource, zones: readonly string[]): boolean {
  const names = zoneNamesOf(subnet);
  return (
    names.length > 0 && subnet.zones.unknowns.length === 0 && names.every((zone) => zones.includes(zone))
  );
}
