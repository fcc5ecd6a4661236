import type { AlarmMuteRule, IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type ExcludedTime, mostExcludedTime } from '../../../calculus/windows/excluded-time';
import { firstMoment, HORIZON_DAYS } from '../../../calculus/windows/occurrences';
import { WindowKind } from '../../../calculus/windows/overlaps';
import { catalogueWindow } from '../../../objectives/catalogue-window';
import type { MaintenanceWindow } from '../../../objectives/maintenance-window';
import { missing, refuse } from '../../../objectives/mistakes';
import { excludedTimeLimit } from '../../../objectives/policy/excluded-time';
import { ServiceScope } from '../../governance/service-scope';
import { StackCatalogue } from '../../governance/stack-catalogue';
import { TierChoices, type TieredProps } from '../../governance/tier-choices';
import { MuteRules } from './mute-rules';
import { scalingMistakes } from './scaling-alarms';
import { scheduleMistakes } from './schedule-mistakes';

/** Properties of a {@link MaintenanceSchedule}. */
export interface MaintenanceScheduleProps extends TieredProps {
  /** Times of maintenance, freezes and drills. */
  readonly windows: readonly MaintenanceWindow[];

  /**
   * Alarms that tell nobody during maintenance. Not those that scale something. During freezes and drills alarms stay on.
   *
   * @default - none; more can be added by `mute`
   */
  readonly alarms?: readonly IAlarmRef[];
}

/**
 * The windows of a service, checked against each other for 400 days: freezes, drills and maintenance do not meet, and
 * maintenance takes no more time out of the count than the tier allows. During maintenance alarms are mute. The template
 * carries the windows, so that `nines windows next` can print them.
 *
 * @throws ConfigurationError when windows meet that must not, when too much time is left out, and when AWS has no words
 * for a window
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
 */
export class MaintenanceSchedule extends Construct {
  readonly windows: readonly MaintenanceWindow[];

  /** The 30 days in which most time is left out, and how much. */
  readonly excludedTime: ExcludedTime;

  private readonly mutes: readonly MuteRules[];
  private readonly muted: IAlarmRef[] = [];

  constructor(scope: Construct, id: string, props: MaintenanceScheduleProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'windows'));
    this.windows = props.windows;
    const choices = new TierChoices(this, props);
    const stretch = stretchOf(this.windows);
    refuse(this.node.path, scheduleMistakes(this.windows, stretch, choices.tier));
    this.excludedTime = mostExcludedTime(this.maintenance, stretch.from, stretch.until);
    choices.shortest({
      what: 'excludedTimePerMonth',
      owed: excludedTimeLimit(choices.tier),
      chosen: Duration.seconds(this.excludedTime.seconds),
    });
    this.mutes = this.maintenance.map((window) => new MuteRules(this, window));
    this.mute(...(props.alarms ?? []));
    // Actions may be added to an alarm after it is given to this.
    this.node.addValidation({
      validate: () => scalingMistakes(this.muted).map(({ problem, fix }) => `${problem}; fix: ${fix}`),
    });
    this.catalogue();
  }

  /** The rules that keep alarms mute. */
  get muteRules(): readonly AlarmMuteRule[] {
    return this.mutes.flatMap(({ rules }) => rules);
  }

  /**
   * Has alarms tell nobody during maintenance.
   *
   * @throws ConfigurationError for one that scales something, and when CloudWatch has no words for a window
   */
  mute(...alarms: readonly IAlarmRef[]): void {
    refuse(this.node.path, scalingMistakes(alarms));
    for (const alarm of alarms) {
      this.muted.push(alarm);
      for (const rules of this.mutes) rules.add(alarm);
    }
  }

  private get maintenance(): readonly MaintenanceWindow[] {
    return this.windows.filter(({ kind }) => kind === WindowKind.MAINTENANCE);
  }

  private catalogue(): void {
    const service = ServiceScope.of(this)?.service.name;
    const catalogue = StackCatalogue.of(Stack.of(this));
    for (const window of this.windows)
      catalogue.addWindow(catalogueWindow(window, service ? [service] : undefined));
  }
}

const DAY = 86_400;

/** From the first window on until 400 days after the last one has come first. No clock is read. */
function stretchOf(windows: readonly MaintenanceWindow[]): { readonly from: number; readonly until: number } {
  const starts = windows.map(firstMoment);
  const from = Math.min(...starts);
  return windows.length === 0
    ? { from: 0, until: 0 }
    : { from, until: Math.max(...starts) + HORIZON_DAYS * DAY };
}
