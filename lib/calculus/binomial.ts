/** More than these are not summed: what lies beyond them is beyond the precision of a number. */
const LEAST_TERM = 1e-18;

/**
 * How likely at least so many of equal and independent things fail, each with the same probability.
 *
 * @internal
 */
export function atLeastFail(least: number, count: number, probability: number): number {
  if (least <= 0) return 1;
  if (least > count || probability <= 0) return 0;
  if (probability >= 1) return 1;
  const odds = probability / (1 - probability);
  const tail = sumFrom(
    logTerm(count, least, probability),
    least,
    (failed) => ((count - failed) / (failed + 1)) * odds,
  );
  return Math.min(1, tail);
}

/** Each term follows from the one before it; they grow up to the mean and fall from there on. */
function sumFrom(logFirst: number, first: number, ratioAfter: (failed: number) => number): number {
  let [log, sum] = [logFirst, Math.exp(logFirst)];
  for (let failed = first; ; failed++) {
    const ratio = ratioAfter(failed);
    if (ratio <= 0) return sum;
    log += Math.log(ratio);
    const term = Math.exp(log);
    sum += term;
    if (ratio < 1 && term <= sum * LEAST_TERM) return sum;
  }
}

/** The logarithm of C(n, k) p^k (1 - p)^(n - k). */
function logTerm(n: number, k: number, p: number): number {
  let choices = 0;
  const few = Math.min(k, n - k);
  for (let index = 1; index <= few; index++) choices += Math.log((n - few + index) / index);
  return choices + k * Math.log(p) + (n - k) * Math.log1p(-p);
}
