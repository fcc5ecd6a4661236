import { formatSeconds } from '../time-span';
import type { SeenState, StateChange } from './alarm-state';
import { evaluateSeen, evaluationRange, type SeenDatapoint } from './datapoints';
import {
  datapointsAt,
  evaluationInterval,
  type MetricAlarm,
  periodOf,
  type SampleSource,
} from './metric-alarm';
import { NotCovered, NotKnown, type Stretch } from './metric-samples';

/**
 * The states that an alarm on metrics goes through, from the first evaluation on.
 *
 * Each change is at the moment of the evaluation that finds it. Where the data does not reach over what decides the state,
 * it is `UNKNOWN`.
 *
 * @param during from, included, to, included; evaluations are at whole minutes, or every ten seconds, or every hour
 * @param before the state before the first evaluation. @default INSUFFICIENT_DATA, as of a new alarm
 * @returns why not, where no state is known at any time
 */
export function alarmTimeline(
  alarm: MetricAlarm,
  source: SampleSource,
  during: Stretch,
  before: SeenState = 'INSUFFICIENT_DATA',
): readonly StateChange[] | NotKnown {
  const interval = evaluationInterval(alarm);
  const count = evaluationRange(alarm.evaluationPeriods);
  const changes: StateChange[] = [];
  let state = before;
  for (let at = Math.ceil(during.from / interval) * interval; at <= during.until; at += interval) {
    const points = datapointsAt(alarm, source, at, count);
    const seen = points instanceof NotKnown ? Array.from({ length: count }, () => points) : points;
    const next = evaluateSeen(inWords(seen, alarm), alarm, state);
    if (next.state !== state || changes.length === 0) changes.push({ at, ...next });
    state = next.state;
  }
  const [first] = changes;
  return first?.state === 'UNKNOWN' && changes.length === 1 ? new NotKnown(first.because) : changes;
}

/** How much data is needed where it begins too late. */
function inWords(points: readonly SeenDatapoint[], alarm: MetricAlarm): readonly SeenDatapoint[] {
  if (!points.some((point) => point instanceof NotCovered)) return points;
  const back = formatSeconds(alarm.evaluationPeriods * periodOf(alarm));
  const lacking = new NotKnown(`the data does not cover the ${back} that it looks back on`);
  return points.map((point) => (point instanceof NotCovered ? lacking : point));
}

/** The state of an alarm at a moment. */
export function stateAt(
  changes: readonly StateChange[],
  at: number,
  before: SeenState = 'INSUFFICIENT_DATA',
): SeenState {
  return changes.findLast((change) => change.at <= at)?.state ?? before;
}
