import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type AlarmSeconds, type LookedAt, least, most, type Reckoning, secondsOf } from './alarm-seconds';

const MINUTE = 60;
const DAY = 86_400;
const HOUR = 3_600;

/** A single period over so long a time fires when enough of it is bad, which may be any time. An own decision. */
const LONG_PERIOD = 900;

/**
 * Seconds until an alarm fires of an outage, at the soonest; undefined where the app does not show it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 * @internal
 */
export function soonestSeconds(alarm: Pick<IAlarm, 'node'>): AlarmSeconds {
  return secondsOf(alarm, SOONEST);
}

/**
 * Seconds until an alarm fires of an outage, at the latest, with the minute in which it is looked at; undefined where the app does not
 * show it.
 *
 * @internal
 */
export function latestSeconds(alarm: Pick<IAlarm, 'node'>): AlarmSeconds {
  return secondsOf(alarm, LATEST);
}

/** Periods slide minute by minute: a bad minute may be enough for the oldest of those that must be bad. */
const SOONEST: Reckoning = {
  ofMetrics: ({ period, bad }) => period * (bad - 1) + MINUTE,
  all: (times) => most(times.filter((time) => time !== undefined)),
  any: (times) => (times.some((time) => time === undefined) ? undefined : least(times)),
};

const LATEST: Reckoning = { ofMetrics: wholePeriods, all: most, any: most };

function wholePeriods({ period, periods, bad }: LookedAt): AlarmSeconds {
  if (bad === 1 && period > LONG_PERIOD) return undefined;
  const seconds = period * bad + MINUTE;
  return period * periods > DAY ? seconds + HOUR : seconds;
}
