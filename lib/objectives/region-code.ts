import { AWS_REGIONS, awsRegion, REGIONS_AS_OF } from '../calculus/aws-regions';
import { type Mistake, quoted } from './mistakes';

/**
 * Codes that no known region has. Most are slips of the pen, so the nearest known code is named; a region that opened
 * since the table was read needs a newer version.
 *
 * @internal
 */
export function unknownRegionMistakes(codes: readonly string[]): Mistake[] {
  return codes
    .filter((code) => !awsRegion(code))
    .map((code) => ({
      problem: `${quoted(code)} is none of the ${AWS_REGIONS.length} regions known in ${REGIONS_AS_OF}`,
      fix: `write ${meantBy(code)}; a newer region needs a newer cdk-nines`,
    }));
}

/** With more slips than that, the nearest code has nothing to do with what was written. */
const MOST_SLIPS = 4;

function meantBy(code: string): string {
  const [nearest] = AWS_REGIONS.map((region) => ({
    code: region.code,
    slips: slipsBetween(String(code).toLowerCase(), region.code),
  })).sort((one, other) => one.slips - other.slips);
  return nearest && nearest.slips <= MOST_SLIPS
    ? `${nearest.code} if that is meant`
    : 'the code of a region, such as eu-west-1';
}

/** Letters that were left out, added, mistaken or swapped with the next one. */
function slipsBetween(written: string, meant: string): number {
  const rows: number[][] = [Array.from({ length: meant.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= written.length; row++) {
    rows.push([row]);
    for (let column = 1; column <= meant.length; column++) {
      const same = written[row - 1] === meant[column - 1];
      const swapped = written[row - 1] === meant[column - 2] && written[row - 2] === meant[column - 1];
      rows[row]?.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (same ? 0 : 1),
          swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(written.length, meant.length);
}
