/**
 * The value that so many per cent of the samples do not exceed: the nearest rank, which is one of them.
 *
 * @returns `undefined` of no samples
 * @internal
 */
export function percentile(samples: readonly number[], percent: number): number | undefined {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}
