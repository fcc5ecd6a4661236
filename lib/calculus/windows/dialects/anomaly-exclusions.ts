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
 * Windows as ranges that an anomaly detector does not learn from. It knows no recurrence, so each time between two moments
 * is written out; synthesise again before the last one is over.
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
