import type { ZoneSet } from '../../assembly/network/zones';
import { type ZonesByRule, zonesByRule } from '../../assembly/network/zones-by-rule';
import type { Resource } from '../../assembly/resource';
import { type Modelling, nameOf } from '../modelling';

/**
 * The zones of a resource by name. Where deploy gives its subnets, those that its service accepts at the least stand for
 * them, and that is said.
 *
 * @param least how many there are at the least, whatever the service accepts. Default: 1
 */
export function zonesHeld(resource: Resource, model: Modelling, least = 1): readonly string[] {
  const { zones } = resource;
  const rule = isOpen(zones) ? zonesByRule(resource) : undefined;
  const more = rule && rule.zones > Math.max(least, zones.least) ? rule : undefined;
  const names = model.zoneNames(resource, zones, more?.zones ?? least);
  if (more) model.assume(wordsOf(resource, more), resource);
  return names;
}

function wordsOf(resource: Resource, { zones, why, source }: ZonesByRule): string {
  return `${nameOf(resource)} stands in ${zones} zones at the least: ${why} (${source})`;
}

function isOpen({ unknowns, isEmpty }: ZoneSet): boolean {
  return unknowns.length > 0 || isEmpty;
}
