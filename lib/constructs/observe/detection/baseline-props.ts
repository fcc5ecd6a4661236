import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Duration } from 'aws-cdk-lib/core';
import type { TellingProps } from '../told-alarm';

/** Which way a metric leaves its baseline when something is wrong. */
export enum BaselineDirection {
  /** Too much: latency, errors, age. */
  HIGH = 'high',

  /** Too little: traffic. */
  LOW = 'low',

  /** Either; the limit is then an upper one. */
  BOTH = 'both',
}

/** A time that the baseline does not learn from, in UTC. */
export interface ExcludedTime {
  /** `2026-12-06T03:00:00` */
  readonly startTime: string;

  /** `2026-12-06T07:00:00` */
  readonly endTime: string;
}

/** Properties of a {@link BaselineAlarm}. */
export interface BaselineAlarmProps extends TellingProps {
  /** What has a baseline, with its statistic. */
  readonly metric: Metric;

  /**
   * The value from which on it matters, in the unit of the metric: with HIGH the one above which users suffer, with LOW the one below which something must
   * be wrong. A metric may leave its baseline without harm.
   */
  readonly limit: number;

  /**
   * Which way is wrong.
   *
   * @default - HIGH for latency, errors, throttles and ages; LOW for requests, invocations and messages; to be said for all else
   */
  readonly direction?: BaselineDirection;

  /**
   * The width of the band, in standard deviations.
   *
   * @default 3
   */
  readonly band?: number;

  /**
   * The time of one data point, in whole minutes.
   *
   * @default Duration.minutes(5)
   */
  readonly period?: Duration;

  /**
   * How many requests there were: with few of them a baseline means little. Only for HIGH.
   *
   * @default - it is not looked at
   */
  readonly traffic?: Metric;

  /**
   * So many requests must be there in a period.
   *
   * @default 100
   */
  readonly leastTraffic?: number;

  /**
   * For how long a new alarm waits. The model of CloudWatch goes on learning for two weeks.
   *
   * @default Duration.days(1)
   */
  readonly warmUp?: Duration;

  /**
   * Times that it does not learn from: maintenance, drills, outages.
   *
   * @default - it learns from all
   */
  readonly excludedTimes?: readonly ExcludedTime[];

  /**
   * The zone whose days and summer time the metric follows, an IANA name.
   *
   * @default - UTC
   */
  readonly timeZone?: string;
}

/** Which way a metric is wrong, by its name. @internal */
export function directionOf(metricName: string): BaselineDirection | undefined {
  if (
    /latency|duration|response.?time|error|fault|fail|throttl|reject|5xx/i.test(metricName) ||
    /Age(?![a-z])/.test(metricName)
  )
    return BaselineDirection.HIGH;
  if (/request|invocation|messages?(sent|received)|numberofmessages|^count$|traffic/i.test(metricName))
    return BaselineDirection.LOW;
  return undefined;
}
