import { regionOfZone } from '../assembly/network/region-of-zones';
import type { ZoneSet } from '../assembly/network/zones';
import type { Resource } from '../assembly/resource';
import { regionKey } from './modelling';

/** How a resource stands to zones that are lost: in no other, also in others, perhaps in them, surely not. */
export type Standing = 'only' | 'partly' | 'perhaps' | 'elsewhere';

/** How a resource, by its zones, stands to zones that are lost. */
export function standingIn(
  resource: Resource,
  lost: ReadonlySet<string>,
  zones: ZoneSet = resource.zones,
): Standing {
  if (lost.size === 0) return 'elsewhere';
  const names = zoneNamesOf(resource, zones);
  const open = zones.unknowns.length > 0 || zones.whole;
  const left = names.filter((name) => !lost.has(name));
  if (left.length < names.length) return left.length === 0 && !open ? 'only' : 'partly';
  const near = [...lost].some((zone) => mayStandIn(zone, regionKey(resource)));
  return near && (open || names.length === 0) ? 'perhaps' : 'elsewhere';
}

/** The zones of a resource as events name them. */
export function zoneNamesOf(resource: Resource, zones: ZoneSet = resource.zones): readonly string[] {
  return [...zones.names].map((zone) => zone.replace(/^(\{[^}]*\}|AWS::Region(?=#))/, regionKey(resource)));
}

/** Whether a zone is one of a region, as far as its name, its symbol or its id tells. */
export function mayStandIn(zone: string, region: string): boolean {
  if (region === 'any-region' || zone.startsWith('any-region')) return true;
  if (regionOfZone(zone) === region || zone.startsWith(`${region}#`)) return true;
  return zone.startsWith(`${idPrefix(region)}-az`);
}

/** What the ids of the zones of a region begin with: `euw1` of `eu-west-1`, `apse2` of `ap-southeast-2`. */
function idPrefix(region: string): string {
  const [area = '', ...rest] = region.split('-');
  const ways = rest.flatMap((way) => way.split(/(?=east|west)/));
  return `${area}${ways.map((way) => way.charAt(0)).join('')}`;
}
