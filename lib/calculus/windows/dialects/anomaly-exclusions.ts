import { utcText } from '../expressed';
import { type LocalWindow, occurrences } from '../occurrences';

/** A stretch of time that the model of an anomaly detector does not learn from, in UTC. */
export interface ExcludedRange {
  /** `2026-12-06T03:00:00` */
  readonly startTime: string;

  /** `2026-12-06T05:00:00` */
  readonly endTime: string;
}

/**
 * A detector learns from so many seconds before it is made or made anew.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html
 * @internal
 */
export const LEARNT = 14 * 86_400;

/**
 * Windows as ranges that an anomaly detector does not learn from. It knows no recurrence, so each time between two moments
 * is written out: no longer than until then is it told.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_AnomalyDetectorConfiguration.html
 */
export function anomalyExclusions(
  windows: readonly LocalWindow[],
  from: number,
  until: number,
): readonly ExcludedRange[] {
  return windows
    .flatMap((window) => occurrences(window, from, until))
    .sort((one, other) => one.start - other.start)
    .map(({ start, end }) => ({ startTime: utcText(start), endTime: utcText(end) }));
}
