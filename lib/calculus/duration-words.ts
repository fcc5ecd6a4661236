const UNITS: readonly [seconds: number, name: string][] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/** Below this, seconds are said as they are. */
const SHORT_SECONDS = 120;

/** Below this, hours are not gathered into days. */
const DAYS_FROM_SECONDS = 72 * 3600;

/** What floating point adds to a number is no time. */
const NOTHING = 1e-6;

/**
 * A span of time for people, in all of its units: `90 s`, `8 min 20 s`, `4 h 30 min`, `35 d`; without end, `never`.
 *
 * It is never less than the span is, for a worst case that is rounded down would contradict its verdict: whole seconds are
 * exact, so that terms add up to the sum above them, and fractions are rounded up.
 */
export function durationWords(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'never';
  if (seconds < SHORT_SECONDS) return `${shortNumber(seconds)} s`;
  const whole = Math.ceil(seconds - NOTHING);
  return inUnits(whole, whole < DAYS_FROM_SECONDS ? UNITS.slice(1) : UNITS);
}

/** Tenths, and below a second as many digits as it needs. */
function shortNumber(seconds: number): number {
  const tenths = seconds >= 1 ? 10 : 1000;
  return Math.ceil((seconds - NOTHING) * tenths) / tenths || 0;
}

function inUnits(seconds: number, units: typeof UNITS): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const [size, name] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  return parts.join(' ');
}
