/** A length of time. The CDK's `Duration` is one. */
export interface TimeSpan {
  /** The length in seconds. */
  toSeconds(): number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A length of time for the floors that know no CDK. A day has 24 hours.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.Duration.html which is one, too
 */
export class Span implements TimeSpan {
  /** No time at all. */
  static readonly ZERO = new Span(0);

  static seconds(count: number): Span {
    return new Span(count);
  }

  static minutes(count: number): Span {
    return new Span(count * MINUTE);
  }

  static hours(count: number): Span {
    return new Span(count * HOUR);
  }

  static days(count: number): Span {
    return new Span(count * DAY);
  }

  private constructor(private readonly length: number) {}

  toSeconds(): number {
    return this.length;
  }

  toString(): string {
    return formatSeconds(this.length);
  }
}

const UNITS: readonly [seconds: number, name: string][] = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [1, 's'],
];

/**
 * A length of time for a person, exact for whole seconds: one unit where it divides evenly (`2 min`, `8 h`, `35 d`),
 * seconds below two hours (`90 s`, `390 s`), several units above (`1 d 1 h`). Fractions get one decimal (`52.6 min`).
 *
 * `Infinity` is said as `unbounded`.
 */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unbounded';
  if (!Number.isInteger(seconds)) return withOneDecimal(seconds);
  const even = UNITS.find(([size]) => seconds >= size && seconds % size === 0);
  if (even && (even[0] > 1 || seconds < 2 * HOUR)) return `${seconds / even[0]} ${even[1]}`;
  return seconds < 2 * HOUR ? `${seconds} s` : inSeveralUnits(seconds);
}

function withOneDecimal(seconds: number): string {
  const [size, name] = UNITS.find(([each]) => seconds >= each) ?? [1, 's'];
  return `${Math.round((seconds / size) * 10) / 10} ${name}`;
}

function inSeveralUnits(seconds: number): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const [size, name] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  return parts.join(' ');
}
