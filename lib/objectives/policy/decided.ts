import type { Tier } from '../tier';

/** A value that a tier decides, with why it is so and where it comes from. */
export interface Decided<T> {
  readonly value: T;

  /** Why this value at this tier. */
  readonly because: string;

  /** The page that says so, or the words "own decision" where no page does. */
  readonly source: string;
}

/**
 * One thing for each tier, tier 0 first.
 *
 * @internal
 */
export type PerTier<T> = readonly [tier0: T, tier1: T, tier2: T, tier3: T];

/**
 * A part of the policy, written row by row as in a table: one row for each value, one column for each tier.
 *
 * @internal
 */
export type Rows<Part> = {
  readonly [Name in keyof Part]: Part[Name] extends Decided<infer Value> ? PerTier<Decided<Value>> : never;
};

/**
 * What a row is made of.
 *
 * @internal
 */
export interface RowProps<T> {
  readonly values: PerTier<T>;

  /** One reason for all four tiers, or one for each. */
  readonly because: string | PerTier<string>;

  /** One source for all four tiers. */
  readonly source: string;
}

/**
 * One row of the table.
 *
 * @internal
 */
export function row<T>({ values, because, source }: RowProps<T>): PerTier<Decided<T>> {
  const at = (tier: Tier): Decided<T> => ({
    value: values[tier],
    because: typeof because === 'string' ? because : because[tier],
    source,
  });
  return [at(0), at(1), at(2), at(3)];
}

/**
 * The same for every tier.
 *
 * @internal
 */
export function same<T>(value: T): PerTier<T> {
  return [value, value, value, value];
}

/**
 * One column of the table: what one tier decides.
 *
 * @internal
 */
export function column<Part>(rows: Rows<Part>, tier: Tier): Part {
  const cells = Object.entries<PerTier<unknown>>(rows).map(([name, cell]) => [name, cell[tier]]);
  return Object.fromEntries(cells) as Part;
}
