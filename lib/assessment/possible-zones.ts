import { regionOfZone } from '../assembly/network/region-of-zones';
import { mayStandIn } from './lost-zones';

/** More ways than this to choose are not tried: then all that may be meant count as lost. */
const MOST_CHOICES = 64;

/** How a zone is named. One zone may have a name of each kind; two names of one kind are two zones. */
type Kind = 'name' | 'symbol' | 'id' | 'letter';

/**
 * The zones that zones of other names may be the same as: a service of which one part names `eu-west-1a` and another one
 * only "the first zone" does not say whether these are one. Each choice takes as many of each kind as are lost.
 *
 * @param lost - zones that are lost, by name
 * @param known - all zones that a service knows
 */
export function zonesThatMayBeMeant(
  lost: readonly string[],
  known: readonly string[],
): readonly (readonly string[])[] {
  const kinds = [...new Set(known.map(kindOf))].sort();
  const byKind = kinds.map((kind) => {
    const others = lost.filter((zone) => kindOf(zone) !== kind);
    const own = known.filter((zone) => kindOf(zone) === kind && !lost.includes(zone));
    const may = own.filter((zone) => others.some((other) => inOneRegion(zone, other))).sort();
    return choices(may, Math.min(others.length, may.length));
  });
  const count = byKind.reduce((product, each) => product * each.length, 1);
  if (count > MOST_CHOICES) return [byKind.flatMap((each) => [...new Set(each.flat())])];
  return byKind.reduce<readonly (readonly string[])[]>(
    (all, each) => all.flatMap((chosen) => each.map((more) => [...chosen, ...more])),
    [[]],
  );
}

/** Every way to take so many of some; where that is too many, all of them at once. */
function choices(from: readonly string[], count: number): readonly (readonly string[])[] {
  if (count === 0) return [[]];
  if (count === from.length) return [from];
  let taken: readonly (readonly string[])[] = [[]];
  for (const zone of from) {
    taken = [...taken, ...taken.filter(({ length }) => length < count).map((each) => [...each, zone])];
    if (taken.length > MOST_CHOICES * 8) return [from];
  }
  return taken.filter(({ length }) => length === count);
}

function kindOf(zone: string): Kind {
  if (zone.includes('#')) return 'symbol';
  if (zone.startsWith('any-region')) return 'letter';
  return /-az\d+$/.test(zone) ? 'id' : 'name';
}

function inOneRegion(zone: string, other: string): boolean {
  const [region, otherRegion] = [regionIn(zone), regionIn(other)];
  if (region !== undefined) return mayStandIn(other, region);
  return otherRegion === undefined || mayStandIn(zone, otherRegion);
}

/** The region that a name or a symbol begins with; an id does not say it in full. */
function regionIn(zone: string): string | undefined {
  return zone.includes('#') ? zone.slice(0, zone.indexOf('#')) : regionOfZone(zone);
}
