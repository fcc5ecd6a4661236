import { durationWords } from './duration-words';

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

/**
 * A length of time for a person, exact for whole seconds: a minute and whole days as people write them (`1 min`, `35 d`), all
 * else in the words of the command (`90 s`, `6 min 30 s`, `1 h 30 min`, `25 h`). Fractions get one decimal (`52.6 min`).
 *
 * `Infinity` is said as `unbounded`.
 */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unbounded';
  if (!Number.isInteger(seconds)) return withOneDecimal(seconds);
  if (seconds === MINUTE) return '1 min';
  if (seconds >= DAY && seconds % DAY === 0) return `${seconds / DAY} d`;
  return durationWords(seconds);
}

const UNITS: readonly [seconds: number, name: string][] = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [1, 's'],
];

function withOneDecimal(seconds: number): string {
  const [size, name] = UNITS.find(([each]) => seconds >= each) ?? [1, 's'];
  return `${Math.round((seconds / size) * 10) / 10} ${name}`;
}
