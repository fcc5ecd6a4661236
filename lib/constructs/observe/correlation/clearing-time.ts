import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type LookedAt, least, most, type Reckoning, secondsOf } from './alarm-seconds';

const DAY = 86_400;
const HOUR = 3_600;

/**
 * How long an alarm may still fire after what it looks at is well again, in seconds; undefined where the app does not show it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 * @internal
 */
export function clearingSeconds(alarm: Pick<IAlarm, 'node'>): number | undefined {
  return secondsOf(alarm, CLEARING);
}

/** Of a rule on all it ends with the first of them. */
const CLEARING: Reckoning = { ofMetrics, all: least, any: most };

/** The period in which it ended is still bad, and then as many good ones must follow as make M of N impossible. */
function ofMetrics({ period, periods, bad }: LookedAt): number {
  const seconds = period * (periods - bad + 2);
  // What looks back over more than a day is looked at once an hour.
  return period * periods > DAY ? seconds + HOUR : seconds;
}
