/**
 * Whether a zone is one of a region by its name. Also a local zone (`us-west-2-lax-1a`): whether it will do is for
 * whoever uses it to say.
 *
 * @internal
 */
export function isZoneOf(zone: string, region: string): boolean {
  return zone.startsWith(region) && /^(-[a-z0-9-]+)?[a-z]$/.test(zone.slice(region.length));
}
