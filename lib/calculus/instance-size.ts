const SMALL_SIZES: readonly string[] = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge'];

/**
 * How the size of one instance class compares with that of another of its kind: below 0 where it is smaller.
 *
 * Undefined where the classes are of different kinds, of which one has more memory and another more processors, or are no
 * classes.
 */
export function compareSizes(one: string, other: string): number | undefined {
  const [a, b] = [parse(one), parse(other)];
  if (!a || !b) return one === other ? 0 : undefined;
  return a.kind === b.kind ? a.rank - b.rank : undefined;
}

/** `db.r6g.2xlarge`: the kind is `r`, whatever its generation. */
function parse(instanceClass: string): { readonly kind: string; readonly rank: number } | undefined {
  const match = /^(?:db\.|cache\.|kafka\.)?([a-z]+)\d[a-z]*\.(?:(\d*)(xlarge)|(\w+))$/.exec(instanceClass);
  if (!match) return undefined;
  const [, kind = '', factor, extra, small = ''] = match;
  const rank =
    extra === undefined ? SMALL_SIZES.indexOf(small) : SMALL_SIZES.length - 2 + Number(factor || 1);
  return rank < 0 ? undefined : { kind, rank };
}
