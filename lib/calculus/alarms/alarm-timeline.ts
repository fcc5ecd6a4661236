import type { AlarmState, StateChange } from './alarm-state';
import { evaluateDatapoints, evaluationRange } from './datapoints';
import { datapointsAt, evaluationInterval, type MetricAlarm, type SampleSource } from './metric-alarm';
import { NotKnown, type Stretch } from './metric-samples';

/**
 * The states that an alarm on metrics goes through, from the first evaluation on.
 *
 * Each change is at the moment of the evaluation that finds it.
 *
 * @param during from, included, to, included; evaluations are at whole minutes, or every ten seconds, or every hour
 * @param before the state before the first evaluation. @default INSUFFICIENT_DATA, as of a new alarm
 */
export function alarmTimeline(
  alarm: MetricAlarm,
  source: SampleSource,
  during: Stretch,
  before: AlarmState = 'INSUFFICIENT_DATA',
): readonly StateChange[] | NotKnown {
  const interval = evaluationInterval(alarm);
  const count = evaluationRange(alarm.evaluationPeriods);
  const changes: StateChange[] = [];
  let state = before;
  for (let at = Math.ceil(during.from / interval) * interval; at <= during.until; at += interval) {
    const points = datapointsAt(alarm, source, at, count);
    if (points instanceof NotKnown) return points;
    const next = evaluateDatapoints(points, alarm, state);
    if (next.state !== state || changes.length === 0) changes.push({ at, ...next });
    state = next.state;
  }
  return changes;
}

/** The state of an alarm at a moment. */
export function stateAt(
  changes: readonly StateChange[],
  at: number,
  before: AlarmState = 'INSUFFICIENT_DATA',
): AlarmState {
  return changes.findLast((change) => change.at <= at)?.state ?? before;
}
