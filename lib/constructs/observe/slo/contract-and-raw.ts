import type { CfnServiceLevelObjective } from 'aws-cdk-lib/aws-applicationsignals';
import type { Alarm, IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { sloExclusion } from '../../../calculus/windows/dialects/slo-exclusion';
import { ServiceLevelEngine } from '../../../objectives/catalogue';
import { missing, refuse } from '../../../objectives/mistakes';
import { checkNearTopic } from '../../governance/near-topic';
import { ServiceScope } from '../../governance/service-scope';
import { stackNotices } from '../../governance/stack-notices';
import { TierChoices, type TieredProps } from '../../governance/tier-choices';
import { AlarmLayer, tagAlarm } from '../alarm-tags';
import type { MaintenanceSchedule } from '../windows/maintenance-schedule';
import { MOST_EXCLUSIONS } from '../windows/window-dialects';
import { contractInMath, type MeasuredTwice } from './contract-in-math';
import { type ContractSeries, contractInSignals, wholeDayMistakes } from './contract-in-signals';
import { ContractedMaintenance } from './contracted-maintenance';
import type { ServiceLevelObjective } from './service-level-objective';
import type { WatchedWindow } from './slo-choices';

/** Properties of a {@link ContractAndRaw}. */
export interface ContractAndRawProps extends TieredProps {
  /** What is measured. */
  readonly objective: ServiceLevelObjective;

  /**
   * The maintenance that the contract leaves out. That of the other schedules which the app has of the service in its region and
   * account is left out with it; make them before this.
   */
  readonly schedule: MaintenanceSchedule;

  /**
   * What measures it twice. Application Signals keeps both series as metrics, and knows maintenance at one time in UTC only;
   * metric math costs nothing but the alarms, knows other time zones, and shows both series on dashboards.
   *
   * @default - Application Signals where it can say all maintenance, else metric math
   */
  readonly engine?: ServiceLevelEngine;

  /**
   * Whether the further windows of the objective are measured twice as well.
   *
   * @default true
   */
  readonly furtherWindows?: boolean;

  /**
   * Who is told that maintenance hides failures: a topic of this region to which CloudWatch may publish.
   *
   * @default - one topic for the alarms of the stack, encrypted, to subscribe to
   */
  readonly notifications?: ITopic;

  /**
   * What to do then, a path or an address.
   *
   * @default - the runbook of the service
   */
  readonly runbook?: string;
}

/**
 * One objective measured twice, side by side: the contract leaves maintenance out, the raw series leaves nothing out and wakes
 * nobody. An alarm tells when what was left out is more than a quarter of the error budget: then maintenance hides what users
 * meet. In Application Signals these are two objectives, in metric math two series for dashboards and an alarm for each window of
 * maintenance. The `furtherWindows` of the objective are measured in the same way.
 *
 * @throws ConfigurationError where the engine cannot say the maintenance, or count over the window of the objective, and where the
 * alarm could never fire, for maintenance that is too short or holds too few events; synthesis fails where a schedule is made later
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-ServiceLevelObjectives.html
 */
export class ContractAndRaw extends Construct {
  /** What is measured. */
  readonly objective: ServiceLevelObjective;

  /** What measures it. */
  readonly engine: ServiceLevelEngine;

  /** Each window of the objective, measured twice: that of the contract first. */
  readonly series: readonly ContractSeries[];

  /** The objective without the time of maintenance over its first window, where Application Signals measures. */
  readonly contract: CfnServiceLevelObjective | undefined;

  /** The objective over all time of its first window, where Application Signals measures: its own where that is its engine. */
  readonly raw: CfnServiceLevelObjective | undefined;

  /** The share of good events in per cent over the first window, as each of the two has it. */
  readonly contractAttainment: IMetric;
  readonly rawAttainment: IMetric;

  /** The alarms on the gap between them: one for each window of the objective, or in metric math one for each of maintenance. */
  readonly gaps: readonly Alarm[];

  constructor(scope: Construct, id: string, props: ContractAndRawProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'objective', 'schedule'));
    const { objective, schedule } = props;
    const maintenance = new ContractedMaintenance(this, schedule);
    refuse(this.node.path, maintenance.mistakes);
    this.node.addValidation({ validate: () => maintenance.lateWords });
    const choices = new TierChoices(this, props);
    this.objective = objective;
    const [first, ...others] = objective.windows;
    const further = props.furtherWindows === false ? [] : others;
    const counted = [first, ...further];
    this.engine = props.engine ?? fittingEngine(counted, maintenance);
    const runbook = props.runbook ?? ServiceScope.of(this)?.service.runbook;
    const measure = this.measuring({ slo: objective, counted, maintenance }, runbook);
    const one = measure(first);
    this.series = [one, ...further.map(measure)];
    ({ contract: this.contract, raw: this.raw } = one);
    ({ contractAttainment: this.contractAttainment, rawAttainment: this.rawAttainment } = one);
    this.gaps = [...new Set(this.series.flatMap(({ gaps }) => gaps))];
    const topic = props.notifications ?? stackNotices(this, choices, 'AlarmNotices');
    checkNearTopic(this, topic);
    const action = new SnsAction(topic);
    for (const gap of this.gaps) {
      gap.addAlarmAction(action);
      gap.addOkAction(action);
      tagAlarm(gap, { layer: AlarmLayer.SERVICE, tier: choices.tier, runbook, severity: 'ticket' });
    }
  }

  /** What measures a window twice. */
  private measuring(
    twice: MeasuredTwice,
    runbook: string | undefined,
  ): (watched: WatchedWindow) => ContractSeries {
    if (this.engine !== ServiceLevelEngine.APPLICATION_SIGNALS) return contractInMath(this, twice, runbook);
    refuse(this.node.path, twice.counted.flatMap(wholeDayMistakes));
    const { slo, maintenance } = twice;
    return (watched) => contractInSignals(this, { slo, watched }, maintenance, runbook);
  }
}

function fittingEngine(
  counted: readonly WatchedWindow[],
  { windows }: ContractedMaintenance,
): ServiceLevelEngine {
  const said = windows.every((window) => 'written' in sloExclusion(window));
  return said && windows.length <= MOST_EXCLUSIONS && counted.flatMap(wholeDayMistakes).length === 0
    ? ServiceLevelEngine.APPLICATION_SIGNALS
    : ServiceLevelEngine.METRIC_MATH;
}
