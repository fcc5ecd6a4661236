import type { AlarmState, MissingData, SeenState } from './alarm-state';
import { NotKnown } from './metric-samples';

/** A data point as an alarm sees it: it breaches the threshold, it does not, or it is not there. */
export type Datapoint = 'breaching' | 'within' | undefined;

/** The same, or why it cannot be worked out. */
export type SeenDatapoint = Datapoint | NotKnown;

/** How an alarm judges its data points. */
export interface DatapointRule {
  /** N: how many data points are judged. */
  readonly evaluationPeriods: number;

  /** M: how many of them must breach. */
  readonly datapointsToAlarm: number;
  readonly missingData: MissingData;
}

/** A state with its reason. */
export interface Evaluated {
  readonly state: SeenState;
  readonly because: string;
}

/**
 * How many of the latest data points CloudWatch fetches, in case that some are missing.
 *
 * The page shows 5 for 3 evaluation periods and gives no formula; two more than the evaluation periods is assumed for
 * all.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function evaluationRange(evaluationPeriods: number): number {
  return evaluationPeriods + 2;
}

/**
 * The state of an alarm from the data points of its evaluation range, the newest last.
 *
 * Missing points count only where there are fewer real ones than evaluation periods, and only as many as are lacking.
 * Where missing data is `missing` or `ignore`, an alarm goes by the real points alone; if all of them breach and the
 * oldest is as old as `datapointsToAlarm`, it fires although they are too few (`missing`), or stays as it is (`ignore`).
 * Where the oldest is younger (`missing`), the page says no more than that the alarm does not go into ALARM: one that is OK stays so,
 * and of any other the state is `UNKNOWN`.
 *
 * @param range the data points of the evaluation range, oldest first
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function evaluateDatapoints(
  range: readonly Datapoint[],
  rule: DatapointRule,
  current: AlarmState,
): Evaluated {
  const { evaluationPeriods, datapointsToAlarm, missingData } = rule;
  const real = range.filter((point) => point !== undefined).slice(-evaluationPeriods);
  const breaching = real.filter((point) => point === 'breaching').length;
  const lacking = evaluationPeriods - real.length;
  const counted = missingData === 'breaching' ? breaching + lacking : breaching;
  if (counted >= datapointsToAlarm)
    return { state: 'ALARM', because: breachesOf(breaching, counted - breaching, rule) };
  if (lacking > 0 && breaching === real.length) {
    const undecided = withoutContradiction(range, rule, current);
    if (undecided) return undecided;
  }
  return { state: 'OK', because: breachesOf(breaching, counted - breaching, rule) };
}

/** Too few points, none of them within the threshold: the treatment of missing data decides. */
function withoutContradiction(
  range: readonly Datapoint[],
  { datapointsToAlarm, missingData }: DatapointRule,
  current: AlarmState,
): Evaluated | undefined {
  if (missingData === 'ignore') return { state: current, because: 'data is missing, which is ignored' };
  if (missingData !== 'missing') return undefined;
  const oldest = range.indexOf('breaching');
  if (oldest < 0) return { state: 'INSUFFICIENT_DATA', because: 'no data point in the evaluation range' };
  const age = range.length - oldest;
  const because = `nothing but breaching data points, the oldest ${age} ${age === 1 ? 'period' : 'periods'} old`;
  if (age >= datapointsToAlarm) return { state: 'ALARM', because };
  if (current === 'OK') return undefined;
  return {
    state: 'UNKNOWN',
    because: `${because}, too few to fire: whether the alarm stays ${current} is not documented`,
  };
}

function breachesOf(breaching: number, filled: number, rule: DatapointRule): string {
  const missing = filled > 0 ? ` and ${filled} missing` : '';
  return `${breaching}${missing} of ${rule.evaluationPeriods} data points breach, ${rule.datapointsToAlarm} needed`;
}

const STATES: readonly AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
const READINGS: readonly Datapoint[] = [undefined, 'within', 'breaching'];

/**
 * The state of an alarm of which some data points are not known, or not the state before: the one that it has in any
 * case, else `UNKNOWN`.
 *
 * All of the points that are not known are read alike: a mix of readings never leads to a state that none of the three has.
 */
export function evaluateSeen(
  range: readonly SeenDatapoint[],
  rule: DatapointRule,
  current: SeenState,
): { readonly state: SeenState; readonly because: string } {
  const open = range.find((point) => point instanceof NotKnown);
  const readings = open === undefined ? [undefined] : READINGS;
  const currents = current === 'UNKNOWN' ? STATES : [current];
  const [first, ...others] = readings.flatMap((reading) => {
    const read = range.map((point) => (point instanceof NotKnown ? reading : point));
    return currents.map((before) => evaluateDatapoints(read, rule, before));
  });
  if (first !== undefined && others.every(({ state }) => state === first.state)) return first;
  return { state: 'UNKNOWN', because: open?.reason ?? 'data is missing, and the state before is not known' };
}
