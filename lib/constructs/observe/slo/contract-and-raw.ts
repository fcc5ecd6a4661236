import { CfnServiceLevelObjective } from 'aws-cdk-lib/aws-applicationsignals';
import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { unavailability } from '../../../calculus/error-budget';
import { formatSeconds } from '../../../calculus/time-span';
import { type Mistake, missing, refuse } from '../../../objectives/mistakes';
import { TierChoices } from '../../governance/tier-choices';
import { AlarmLayer } from '../alarm-tags';
import { letTell, runbookWords, type TellingProps, type Told, toldBy } from '../told-alarm';
import type { MaintenanceSchedule } from '../windows/maintenance-schedule';
import type { ServiceLevelObjective } from './service-level-objective';
import { requestBased } from './signal-metrics';

/** Properties of a {@link ContractAndRaw}. */
export interface ContractAndRawProps extends TellingProps {
  /** What is measured. */
  readonly objective: ServiceLevelObjective;

  /** The maintenance that the contract leaves out; at one time in UTC, as Application Signals knows no other. */
  readonly schedule: MaintenanceSchedule;
}

/** The part of the error budget that may lie between the two series. An own decision. */
const MOST_HIDDEN = 0.25;

const DAY = 86_400;

/**
 * One objective measured twice, side by side in CloudWatch Application Signals: `-contract` leaves maintenance out, `-raw`
 * leaves nothing out and wakes nobody. An alarm tells when what was left out is more than a quarter of the error budget:
 * then maintenance hides what users meet.
 *
 * @throws ConfigurationError where maintenance is not at one time in UTC, and where the window is not of whole days
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-ServiceLevelObjectives.html
 */
export class ContractAndRaw extends Construct {
  /** The objective without the time of maintenance. */
  readonly contract: CfnServiceLevelObjective;

  /** The objective over all time. */
  readonly raw: CfnServiceLevelObjective;

  /** The share of good events in per cent, as each of the two has it. */
  readonly contractAttainment: Metric;
  readonly rawAttainment: Metric;

  /** The alarm on the gap between them. */
  readonly gap: Alarm;

  constructor(scope: Construct, id: string, props: ContractAndRawProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'objective', 'schedule'));
    const { objective, schedule } = props;
    refuse(this.node.path, [...windowMistakes(objective), ...scheduleMistakes(schedule)]);
    const choices = new TierChoices(this, props);
    const exclusions = schedule.sloExclusions();
    this.contract = this.series('Contract', objective, exclusions);
    this.raw = this.series('Raw', objective, []);
    this.contractAttainment = attainment(`${objective.name}-contract`);
    this.rawAttainment = attainment(`${objective.name}-raw`);
    const told = toldBy(this, choices, { ...props, layer: AlarmLayer.SERVICE });
    this.gap = this.gapAlarm(objective, told);
    letTell(this.gap, { ...told, severity: 'ticket' });
  }

  private series(
    id: 'Contract' | 'Raw',
    { name, objective, window, indicator }: ServiceLevelObjective,
    exclusionWindows: CfnServiceLevelObjective.ExclusionWindowProperty[],
  ): CfnServiceLevelObjective {
    return new CfnServiceLevelObjective(this, id, {
      name: `${name}-${id.toLowerCase()}`,
      description: `${indicator.good}, ${id === 'Raw' ? 'over all time' : 'without the time of maintenance'}`,
      requestBasedSli: requestBased(indicator),
      goal: {
        attainmentGoal: percent(objective),
        interval: { rollingInterval: { duration: window.toSeconds() / DAY, durationUnit: 'DAY' } },
      },
      ...(exclusionWindows.length > 0 && { exclusionWindows }),
    });
  }

  private gapAlarm({ name, objective, window }: ServiceLevelObjective, told: Told): Alarm {
    const budget = percent(unavailability(objective));
    const threshold = Number((MOST_HIDDEN * budget).toPrecision(12));
    return new Alarm(this, 'Gap', {
      alarmDescription: `Maintenance hides failures of ${name}: over ${formatSeconds(window.toSeconds())} the contract counts ${threshold} points of a per cent more good events than users met, a quarter of the error budget of ${budget} %. Move the work to when fewer are there, make it so that users do not notice, or count it.${runbookWords(told)}`,
      metric: new MathExpression({
        expression: 'contract - raw',
        label: 'Hidden by maintenance, in points of a per cent',
        period: Duration.minutes(5),
        usingMetrics: { contract: this.contractAttainment, raw: this.rawAttainment },
      }),
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      // Nothing is hidden where nothing is measured yet; that nothing is measured is told by another alarm.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-ServiceLevelObjectives.html */
function attainment(name: string): Metric {
  return new Metric({
    namespace: 'AWS/ApplicationSignals',
    metricName: 'AttainmentRate',
    dimensionsMap: { SloName: name },
    statistic: Stats.MAXIMUM,
    period: Duration.minutes(5),
  });
}

function windowMistakes({ window }: ServiceLevelObjective): Mistake[] {
  if (Number.isInteger(window.toSeconds() / DAY)) return [];
  return [
    {
      problem: `the window is ${formatSeconds(window.toSeconds())}, and Application Signals counts whole days`,
      fix: 'use a window of whole days',
    },
  ];
}

function scheduleMistakes({ node, excludedTime }: MaintenanceSchedule): Mistake[] {
  if (excludedTime.seconds > 0) return [];
  return [
    {
      problem: `${node.path} has no maintenance, so contract and raw would be the same`,
      fix: 'leave this out, or name a window of maintenance',
    },
  ];
}

function percent(share: number): number {
  return Number((share * 100).toPrecision(12));
}
