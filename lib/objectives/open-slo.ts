/**
 * After so long an alert tells: alarms look at their windows once a minute. The specification takes durations of at least one
 * minute, and its SDK would write `0m` as an empty word.
 *
 * @see https://github.com/OpenSLO/OpenSLO
 * @internal
 */
export const OPEN_SLO_AT_ONCE = '1m';

/**
 * The version of OpenSLO that is written and read.
 *
 * @internal
 */
export const OPEN_SLO = 'openslo/v1';

/**
 * What OpenSLO has no field for.
 *
 * @internal
 */
export const OPEN_SLO_ANNOTATIONS = {
  /** The condition on the other window of a pair. */
  pair: 'nines-window-pair',

  /** `availability`, `latency`, `freshness`. */
  kind: 'nines-kind',

  /** `true` where what is counted are minutes, each good or bad already. */
  minutes: 'nines-minutes',

  /** So many events must have gone wrong in the long window. */
  leastBad: 'nines-least-bad',

  /** The most events of an hour, where they are few. */
  perHour: 'nines-events-per-hour',

  /** What works out the burn rate, where it is not metric math: `application-signals`. */
  engine: 'nines-engine',

  /** The SLO of which this one is a further window: while it pages, slower alarms of both stay silent. */
  furtherOf: 'nines-further-of',

  /** Its own name, where that is none that OpenSLO takes. */
  name: 'nines-name',

  /** The region in which alone its metrics are. */
  onlyIn: 'nines-only-in',

  /** So many seconds until somebody who is paged has begun to help. */
  response: 'nines-response-seconds',

  /** `true` or `false`: whether the service recovers from what it meets without people. */
  recoversAlone: 'nines-recovers-alone',

  /** What to do when its alarms fire, a path or an address. */
  runbook: 'nines-runbook',
} as const;

const UNITS: Readonly<Record<string, number>> = {
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 7 * 86_400,
  M: 30 * 86_400,
  Q: 90 * 86_400,
  Y: 365 * 86_400,
};

/**
 * A duration of OpenSLO in whole days, else hours, else minutes: `30d`, `6h`, `5m`.
 *
 * @internal
 */
export function openSloDuration(seconds: number): string {
  const unit = (['d', 'h', 'm'] as const).find((each) => seconds % (UNITS[each] ?? 1) === 0) ?? 'm';
  return `${Math.round(seconds / (UNITS[unit] ?? 60))}${unit}`;
}

/**
 * The seconds of a duration of OpenSLO. A month has 30 days, a quarter 90, a year 365.
 *
 * @returns `undefined` where it is none
 * @internal
 */
export function openSloSeconds(duration: unknown): number | undefined {
  const [, count, unit = ''] = /^(\d+)([mhdwMQY])$/.exec(String(duration)) ?? [];
  const size = UNITS[unit];
  return count === undefined || size === undefined || Number(count) === 0 ? undefined : Number(count) * size;
}
