import { ownIdOf, type Verdict } from './verdict';

/**
 * Names findings so that they can be found again in another run: after lines moved, numbers changed or other findings
 * went away.
 *
 * By rule, stack, region, account, construct and property. Where a rule says two things of one property they are
 * counted. The names are readable, and those of one run are all different.
 */
export function fingerprintsOf(verdicts: readonly Verdict[]): ReadonlyMap<Verdict, string> {
  const seen = new Map<string, number>();
  return new Map(
    verdicts.map((verdict) => {
      const place = placeOf(verdict);
      const count = (seen.get(place) ?? 0) + 1;
      seen.set(place, count);
      return [verdict, count === 1 ? place : `${place}#${count}`];
    }),
  );
}

function placeOf(verdict: Verdict): string {
  const { rule, stack, region, account, constructPath, property } = verdict;
  const parts = [rule, account, region, stack, constructPath ?? ownIdOf(verdict), property];
  // A part may hold any character: each is written so that no two lists of parts look the same.
  return parts.map((part) => (part ?? '').replaceAll('%', '%25').replaceAll('|', '%7C')).join('|');
}
