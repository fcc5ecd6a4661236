import { createHash } from 'node:crypto';

/**
 * Parts of a name as one, in lower case, with a hash at its end where it is too long.
 *
 * @internal
 */
export function shortName(parts: readonly string[], maximum: number): string {
  const name = parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (name.length <= maximum) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, maximum - hash.length - 1).replace(/-+$/, '')}-${hash}`;
}

/** {@link shortName} of whatever length. @internal */
export function wholeName(parts: readonly string[]): string {
  return shortName(parts, Number.POSITIVE_INFINITY);
}
