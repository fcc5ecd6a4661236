import {
  Alarm,
  AlarmRule,
  ComparisonOperator,
  CompositeAlarm,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type BurnRateCheck, detectionSeconds } from '../../../calculus/burn-rate-windows';
import { formatSeconds, type TimeSpan } from '../../../calculus/time-span';
import { AlertSeverity, type BurnRateAlert } from '../../../objectives/policy/operations';
import { acknowledgeControls } from '../../governance/nag';
import type { Indicator } from './indicator';

/** Seconds that an alarm waits to see whether a faster one fires, before it tells anybody. */
export const SUPPRESSOR_WAIT = 120;

/** What the burn-rate alarms of an objective are made from. */
export interface BurnRateAlarmsProps {
  readonly name: string;
  readonly slo: number;
  readonly indicator: Indicator;

  /** The fastest first. */
  readonly checks: readonly BurnRateCheck<BurnRateAlert>[];

  /** So many bad events must be in the long window: a handful at night is no incident. */
  readonly leastBad: number;
  readonly pages: ITopic;
  readonly tickets: ITopic;

  /** What to do, for who is called. */
  readonly runbook: string | undefined;
}

/** One pair of windows: the alarm on each, and the one on both that tells somebody. */
export interface BurnRateAlarms {
  readonly check: BurnRateCheck<BurnRateAlert>;
  readonly long: Alarm;
  readonly short: Alarm;
  readonly both: CompositeAlarm;
}

/**
 * The alarms of an objective, a pair of windows each. While a faster pair fires, slower ones stay silent: they would say
 * the same later.
 *
 * @internal
 */
export function burnRateAlarms(scope: Construct, props: BurnRateAlarmsProps): readonly BurnRateAlarms[] {
  const made: BurnRateAlarms[] = [];
  for (const check of props.checks) made.push(burnRateAlarm(scope, props, check, made.at(-1)));
  return made;
}

function burnRateAlarm(
  scope: Construct,
  props: BurnRateAlarmsProps,
  check: BurnRateCheck<BurnRateAlert>,
  faster: BurnRateAlarms | undefined,
): BurnRateAlarms {
  const { window } = check;
  const place = new Construct(scope, idOf(window.longWindow));
  const long = windowAlarm(place, 'Long', {
    props,
    check,
    span: window.longWindow,
    leastBad: props.leastBad,
  });
  const short = windowAlarm(place, 'Short', { props, check, span: window.shortWindow, leastBad: 1 });
  const both = new CompositeAlarm(place, 'Both', {
    alarmDescription: described(props, check),
    alarmRule: AlarmRule.allOf(long, short),
    ...(faster && {
      actionsSuppressor: faster.both,
      actionsSuppressorWaitPeriod: Duration.seconds(SUPPRESSOR_WAIT),
      actionsSuppressorExtensionPeriod: Duration.seconds(window.shortWindow.toSeconds()),
    }),
  });
  const action = new SnsAction(window.severity === AlertSeverity.TICKET ? props.tickets : props.pages);
  both.addAlarmAction(action);
  both.addOkAction(action);
  return { check, long, short, both };
}

interface WindowAlarm {
  readonly props: BurnRateAlarmsProps;
  readonly check: BurnRateCheck<BurnRateAlert>;
  readonly span: TimeSpan;
  readonly leastBad: number;
}

function windowAlarm(scope: Construct, id: string, { props, check, span, leastBad }: WindowAlarm): Alarm {
  const { bad, total, metrics, good } = props.indicator;
  const period = Duration.seconds(span.toSeconds());
  const alarm = new Alarm(scope, id, {
    alarmDescription: `The share of events that are not ${good}, over ${formatSeconds(span.toSeconds())}. Part of ${props.name}; tells nobody itself.`,
    metric: new MathExpression({
      // Without enough that went wrong there is nothing to divide.
      expression: `IF((${bad}) >= ${leastBad}, (${bad}) / (${total}), 0)`,
      label: `${props.name}: share of bad events`,
      period,
      usingMetrics: Object.fromEntries(
        Object.entries(metrics).map(([name, metric]) => [name, metric.with({ period })]),
      ),
    }),
    threshold: rounded(check.threshold),
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
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

/** The text on the pager: what is wrong, why it matters, and what to do. */
function described(
  { name, slo, runbook, leastBad }: BurnRateAlarmsProps,
  check: BurnRateCheck<BurnRateAlert>,
): string {
  const { window, burnRate, threshold } = check;
  const share = percent(threshold);
  const full = formatSeconds(Math.ceil(detectionSeconds(check, 1)));
  const [long, short] = [window.longWindow, window.shortWindow].map((span) =>
    formatSeconds(span.toSeconds()),
  );
  return [
    `${name} (objective ${percent(slo)}) burns its error budget ${Number(burnRate.toFixed(2))} times too fast: more than ${share} fail over ${long} and over ${short}, and at least ${leastBad} do.`,
    `When it fires ${percent(window.budgetShare)} of the budget are gone; a total outage is found after ${full}.`,
    runbook === undefined ? '' : `Runbook: ${runbook}`,
  ]
    .join(' ')
    .trim();
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}

/** Fractions in binary have tails that are no part of the threshold. */
function rounded(threshold: number): number {
  return Number(threshold.toPrecision(12));
}

/** `Within1h`: by its long window, which stays when windows are added. */
function idOf(span: TimeSpan): string {
  return `Within${formatSeconds(span.toSeconds()).replaceAll(' ', '')}`;
}
