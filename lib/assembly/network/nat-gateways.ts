import type { Resource } from '../resource';
import { Unknown } from '../value';
import { valuesAt, ZoneSet, zonesNamedIn } from './zones';

/**
 * The zones in which a NAT gateway translates.
 *
 * A zonal one, the default, stands in the zone of its subnet. A regional one follows the network interfaces into
 * every zone, unless it is given addresses by zone: then it serves those only.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
 */
export function natZonesOf(gateway: Resource): ZoneSet {
  const mode = gateway.text('AvailabilityMode');
  if (mode instanceof Unknown) return ZoneSet.unknown(mode);
  if (mode?.toLowerCase() !== 'regional') return gateway.zones;
  const given = ['AvailabilityZone', 'AvailabilityZoneId'].flatMap((name) =>
    valuesAt(gateway, `AvailabilityZoneAddresses.*.${name}`),
  );
  return given.length === 0
    ? ZoneSet.all
    : ZoneSet.union(given.map((zone) => zonesNamedIn(zone, gateway.stack)));
}
