import type { Unknown } from './value';

/** A number between two, with the reason where they differ. */
export interface Range {
  readonly least: number;
  readonly most: number;
  readonly why?: Unknown;
}

export function exactly(count: number): Range {
  return { least: count, most: count };
}

/** A number of which only the least is known. */
export function atLeast(least: number, why: Unknown): Range {
  return { least, most: Number.POSITIVE_INFINITY, why };
}

export function sum(ranges: readonly Range[]): Range {
  return joined(ranges, (numbers) => numbers.reduce((a, b) => a + b, 0));
}

/** The range of a number that is one of several. */
export function oneOf(ranges: readonly Range[]): Range {
  return {
    ...joined(ranges, (numbers) => Math.max(...numbers)),
    least: Math.min(...ranges.map(({ least }) => least)),
  };
}

function joined(ranges: readonly Range[], join: (numbers: readonly number[]) => number): Range {
  const why = ranges.find((range) => range.why !== undefined)?.why;
  return {
    least: join(ranges.map(({ least }) => least)),
    most: join(ranges.map(({ most }) => most)),
    ...(why && { why }),
  };
}
