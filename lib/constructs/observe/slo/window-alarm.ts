import {
  Alarm,
  ComparisonOperator,
  type CreateAlarmOptions,
  MathExpression,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { BurnRateCheck } from '../../../calculus/burn-rate-windows';
import { formatSeconds, type TimeSpan } from '../../../calculus/time-span';
import { acknowledgeControls } from '../../governance/nag';
import type { Indicator } from './indicator';

/**
 * One of the two windows of a pair.
 *
 * @internal
 */
export interface WindowAlarmProps {
  /** The name of the objective. */
  readonly name: string;
  readonly indicator: Indicator;
  readonly check: BurnRateCheck;
  readonly span: TimeSpan;

  /** So many events must have gone wrong. */
  readonly leastBad: number;
}

/**
 * Makes the alarm on one window.
 *
 * @internal
 */
export type WindowAlarm = (scope: Construct, id: string, props: WindowAlarmProps) => Alarm;

/**
 * The alarm on one window in metric math: on the share of bad events, or on so many bad minutes.
 *
 * @internal
 */
export const mathWindowAlarm: WindowAlarm = (scope, id, props) =>
  partOfPair(scope, id, { ...props, ...(props.indicator.minutes ? badMinutes(props) : badShare(props)) });

/**
 * The alarm on enough events having gone wrong in a window: for what works out the share of them, and does not know how many they are.
 *
 * @internal
 */
export const enoughBadAlarm: WindowAlarm = (scope, id, props) => {
  const { name, indicator, span, leastBad } = props;
  const { bad, minutes, good } = indicator;
  // A minute is bad or not as a whole: of those in the window so many must be.
  if (minutes) return partOfPair(scope, id, { ...props, ...badMinutes({ ...props, check: ANY_SHARE }) });
  const period = Duration.seconds(span.toSeconds());
  const usingMetrics = metricsIn(indicator, bad, period);
  return partOfPair(scope, id, {
    name,
    span,
    metric: new MathExpression({ expression: bad, label: `${name}: bad events`, period, usingMetrics }),
    measured: `How many events are not ${good}`,
    threshold: leastBad,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
  });
};

const ANY_SHARE = { threshold: 0 };

/**
 * What an alarm on one window watches, and says of itself.
 *
 * @internal
 */
export interface PartOfPair extends CreateAlarmOptions {
  readonly metric: MathExpression | Metric;
  readonly name: string;
  readonly span: TimeSpan;

  /** `the share of events that are not …`. */
  readonly measured: string;
}

/**
 * An alarm that is one of a pair, and tells nobody itself.
 *
 * @internal
 */
export function partOfPair(scope: Construct, id: string, part: PartOfPair): Alarm {
  const { metric, name, span, measured, threshold, evaluationPeriods, datapointsToAlarm } = part;
  const alarm = new Alarm(scope, id, {
    metric,
    threshold,
    evaluationPeriods,
    ...(datapointsToAlarm !== undefined && { datapointsToAlarm }),
    alarmDescription: `${measured}, over ${formatSeconds(span.toSeconds())}. Part of ${name}; tells nobody itself.`,
    comparisonOperator: part.comparisonOperator ?? ComparisonOperator.GREATER_THAN_THRESHOLD,
    // That nothing is measured is told by an alarm of its own.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  acknowledgeControls(
    alarm,
    ['CloudWatchAlarmAction'],
    'It is one of two windows: the composite alarm over both tells somebody.',
  );
  return alarm;
}

type Watched = Pick<
  PartOfPair,
  'metric' | 'measured' | 'threshold' | 'evaluationPeriods' | 'datapointsToAlarm'
>;

function badShare({ name, indicator, check, span, leastBad }: WindowAlarmProps): Watched {
  const { bad, total, good } = indicator;
  const period = Duration.seconds(span.toSeconds());
  return {
    metric: new MathExpression({
      // Without enough that went wrong there is nothing to divide.
      expression: `IF((${bad}) >= ${leastBad}, (${bad}) / (${total}), 0)`,
      label: `${name}: share of bad events`,
      period,
      usingMetrics: metricsIn(indicator, bad + total, period),
    }),
    measured: `The share of events that are not ${good}`,
    threshold: rounded(check.threshold),
    evaluationPeriods: 1,
  };
}

/** A minute is good or bad as a whole: of those in the window so many must be bad. */
function badMinutes({
  name,
  indicator,
  check,
  span,
  leastBad,
}: Omit<WindowAlarmProps, 'check'> & { readonly check: Pick<BurnRateCheck, 'threshold'> }): Watched {
  const minutes = span.toSeconds() / MINUTE;
  const period = Duration.seconds(MINUTE);
  const allowed = Math.floor(rounded(check.threshold * minutes));
  return {
    metric: new MathExpression({
      expression: indicator.bad,
      label: `${name}: bad minutes`,
      period,
      usingMetrics: metricsIn(indicator, indicator.bad, period),
    }),
    measured: `Minutes that are not ${indicator.good}`,
    threshold: 0,
    evaluationPeriods: minutes,
    datapointsToAlarm: Math.min(minutes, Math.max(allowed + 1, leastBad)),
  };
}

const MINUTE = 60;

/**
 * The metrics of an indicator that expressions name, over periods of one length.
 *
 * @internal
 */
export function metricsIn(
  { metrics }: Indicator,
  expressions: string,
  period: Duration,
): Readonly<Record<string, Metric>> {
  const named = Object.entries(metrics).filter(([name]) => new RegExp(`\\b${name}\\b`).test(expressions));
  return Object.fromEntries(named.map(([name, metric]) => [name, metric.with({ period })]));
}

/** Fractions in binary have tails that are no part of the threshold. */
function rounded(threshold: number): number {
  return Number(threshold.toPrecision(12));
}
