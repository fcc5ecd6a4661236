import {
  Alarm,
  AlarmRule,
  AlarmState,
  AtLeastThreshold,
  ComparisonOperator,
  CompositeAlarm,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Canary } from 'aws-cdk-lib/aws-synthetics';
import { Duration, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { formatSeconds } from '../../../calculus/time-span';
import { acknowledgeControls } from '../../governance/nag';
import { runbookWords } from '../../governance/runbook';
import { tagAlarm } from '../alarm-tags';
import { warmUp } from '../new-properties';
import { letTell, type Told } from '../told-alarm';

/** What the alarms of a journey are made from. @internal */
export interface JourneyAlarmsProps {
  readonly canary: Canary;
  readonly interval: Duration;

  /** Seconds within which an outage must be found: one failed run is enough where two take longer. */
  readonly foundWithin: number;

  /** The regions that it runs from, its own first. */
  readonly regions: readonly string[];

  /** In so many of them it must fail. */
  readonly failing: number;
  readonly told: Told;
}

/** Of three runs two must fail: one may meet a restart. @internal */
export const FAILED_RUNS = 2;
const RUNS = 3;
const SUCCESS_PERCENT = 90;

/** @internal */
export function journeyAlarms(scope: Construct, props: JourneyAlarmsProps) {
  const { regions, failing, told } = props;
  const place = new Construct(scope, 'Locations');
  const alarms = regions.map((region) => locationAlarm(place, region, props));
  const alarm = new CompositeAlarm(scope, 'Failing', {
    alarmDescription: described(scope.node.path, props),
    alarmRule: AlarmRule.atLeast(AlarmState.ALARM, {
      operands: alarms,
      threshold: AtLeastThreshold.count(failing),
    }),
  });
  letTell(alarm, told);
  const locationAlarms = Object.fromEntries(alarms.map((each, index) => [regions[index] ?? '', each]));
  return { alarm, locationAlarms };
}

function locationAlarm(scope: Construct, region: string, props: JourneyAlarmsProps): Alarm {
  const { canary, interval, regions, told } = props;
  const { runs, failed } = countsOf(props);
  const alarm = new Alarm(scope, Token.isUnresolved(region) ? 'Here' : region, {
    alarmDescription: `Users who come from ${region} cannot walk ${canary.node.path}. Part of a composite alarm; tells nobody itself.`,
    metric: canary.metricSuccessPercent({
      statistic: 'Average',
      period: interval,
      // Only a canary with replicas says from where.
      ...(regions.length > 1 && { dimensionsMap: { CanaryName: canary.canaryName, Location: region } }),
    }),
    threshold: SUCCESS_PERCENT,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: runs,
    datapointsToAlarm: failed,
    // A run that takes too long publishes nothing.
    treatMissingData: TreatMissingData.BREACHING,
  });
  warmUp(alarm, Duration.seconds(interval.toSeconds() * (runs + 1)));
  tagAlarm(alarm, { layer: told.layer, runbook: told.runbook });
  acknowledgeControls(
    alarm,
    ['CloudWatchAlarmAction'],
    'One region may have troubles of its own: the composite alarm over all of them tells somebody.',
  );
  return alarm;
}

function countsOf({ interval, foundWithin }: JourneyAlarmsProps): { runs: number; failed: number } {
  const isInTime = interval.toSeconds() * FAILED_RUNS <= foundWithin;
  return isInTime ? { runs: RUNS, failed: FAILED_RUNS } : { runs: 1, failed: 1 };
}

function described(path: string, props: JourneyAlarmsProps): string {
  const { interval, regions, failing, told } = props;
  const { runs, failed } = countsOf(props);
  const found = formatSeconds(interval.toSeconds() * failed);
  return [
    `Users cannot do what ${path} does: in ${failing} of ${regions.length} regions (${inWords(regions)}) ${failed} of ${runs} ${runs === 1 ? 'run' : 'runs'} failed or did not end.`,
    `It runs every ${formatSeconds(interval.toSeconds())}, so an outage is found after ${found}, and a minute.`,
    `See the last run of the canary for the step that failed.${runbookWords(told)}`,
  ].join(' ');
}

/** A description takes 1,024 characters. */
function inWords(regions: readonly string[]): string {
  const named = regions.slice(0, 5).join(', ');
  return regions.length > 5 ? `${named} and ${regions.length - 5} more` : named;
}
