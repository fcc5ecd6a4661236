/** Minutes of a year, as agreements on service levels count it. */
export const MINUTES_A_YEAR = 365 * 24 * 60;

/** An availability in per cent, with as many digits as tell two of its unavailability: `99.95 %`, `99.9918 %`. */
export function percent(unavailability: number): string {
  if (unavailability === 0) return '100 %';
  return `${fixedPercent(unavailability).replace(/(\.\d\d\d*?)0+$/, '$1')} %`;
}

/** The same as a number. */
export function percentShown(unavailability: number): number {
  return unavailability === 0 ? 100 : Number(fixedPercent(unavailability));
}

function fixedPercent(unavailability: number): string {
  const digits = Math.ceil(-Math.log10(unavailability)) - 1;
  return ((1 - unavailability) * 100).toFixed(Math.min(12, Math.max(2, digits)));
}

/** Minutes a year, short: `2,085 min`, `0.526 min`. */
export function minutes(value: number): string {
  if (value === 0) return '0 min';
  if (value < 0.001) return '< 0.001 min';
  return `${value >= 100 ? grouped(minutesShown(value)) : minutesShown(value)} min`;
}

/** The same as a number. */
export function minutesShown(value: number): number {
  return value >= 100 ? Math.round(value) : threeDigits(value);
}

/** What {@link amount} shows, as a number. */
export const amountShown = threeDigits;

/** A number of which three digits are known. */
export function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}

/** A fraction of time or a probability, short: `0.001`, `1.2e-7`. */
export function fraction(value: number): string {
  const short = threeDigits(value);
  return value === 0 || value >= 1e-6 ? short.toFixed(digitsOf(short)) : value.toExponential(2);
}

/** How often something is named: `1 error`, `3 errors`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** An amount of which three digits are known: `1,230,000`, `0.5`. */
export function amount(value: number): string {
  return value >= 1_000 ? grouped(amountShown(value)) : String(amountShown(value));
}

function grouped(whole: number): string {
  return String(whole).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function digitsOf(value: number): number {
  return value === 0 ? 0 : Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(value))));
}
