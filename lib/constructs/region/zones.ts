import { awsRegion } from '../../calculus/aws-regions';
import { type Mistake, quoted } from '../../objectives/mistakes';

/**
 * Whether a zone is one of a region by its name: the region with six zones has the letters a to f, no other has more.
 * Also a local zone (`us-west-2-lax-1a`): whether it will do is for whoever uses it to say. What is no text is none.
 *
 * @internal
 */
export function isZoneOf(zone: unknown, region: string): boolean {
  if (typeof zone !== 'string' || !zone.startsWith(region)) return false;
  return /^([a-f]|-[a-z0-9-]+[a-z])$/.test(zone.slice(region.length));
}

/** Regions whose accounts do not see the zones a, b and c; an empty text where each account sees others. */
const LETTERS: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'acd',
  'ca-central-1': 'abd',
  'us-west-1': '',
};

/**
 * The three zones that the accounts of a region usually see, by name, so that nothing is looked up: an assumption, which
 * an old account may not keep.
 *
 * @returns `undefined` where they differ between accounts, or are not known
 * @internal
 */
export function usualZones(region: string): string[] | undefined {
  const known = awsRegion(region);
  if (!known || known.confidence === 'unverified') return undefined;
  const letters = LETTERS[region] ?? 'abc';
  return letters === '' ? undefined : [...letters].map((letter) => region + letter);
}

/** Zones that are no list, which no compiler found. @internal */
export function zoneListMistakes(zones: unknown): Mistake[] {
  if (Array.isArray(zones)) return [];
  return [
    {
      problem: `availabilityZones is ${quoted(zones)}, which is no list`,
      fix: "write the names: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']",
    },
  ];
}
