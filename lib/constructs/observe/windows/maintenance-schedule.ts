import type { CfnServiceLevelObjective } from 'aws-cdk-lib/aws-applicationsignals';
import type { AlarmMuteRule, CfnAnomalyDetector, IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule } from 'aws-cdk-lib/aws-codepipeline';
import type { IScheduleTarget } from 'aws-cdk-lib/aws-scheduler';
import type { CfnDocument, CfnMaintenanceWindow } from 'aws-cdk-lib/aws-ssm';
import { type CfnResource, Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { anomalyExclusions, LEARNT } from '../../../calculus/windows/dialects/anomaly-exclusions';
import { CalendarType } from '../../../calculus/windows/dialects/change-calendar';
import {
  type DeploymentWindow,
  deploymentsOutside,
  deploymentsWithin,
} from '../../../calculus/windows/dialects/deployment-window';
import { practiceRunBlocks } from '../../../calculus/windows/dialects/practice-runs';
import { MaintainedService, weeklyMaintenance } from '../../../calculus/windows/dialects/weekly-maintenance';
import { type ExcludedTime, mostExcludedTime } from '../../../calculus/windows/excluded-time';
import { startingFrom } from '../../../calculus/windows/occurrences';
import { WindowKind } from '../../../calculus/windows/overlaps';
import { ConfigurationError } from '../../../errors';
import { catalogueWindow } from '../../../objectives/catalogue-window';
import type { MaintenanceWindow } from '../../../objectives/maintenance-window';
import { missing, refuse } from '../../../objectives/mistakes';
import { excludedTimeLimit } from '../../../objectives/policy/excluded-time';
import { ServiceScope } from '../../governance/service-scope';
import { StackCatalogue } from '../../governance/stack-catalogue';
import { TierChoices, type TieredProps } from '../../governance/tier-choices';
import type { BlockedTimes } from '../../traffic/blocked-times';
import { fromMistakes, stretchOf, warnOfPast } from './looked-at';
import { MuteRules } from './mute-rules';
import { addSchedule, maintenanceWith, mistakesBeside, schedulesBefore } from './other-schedules';
import { plannedMistakes } from './planned-mistakes';
import { scalingMistakes } from './scaling-alarms';
import { scheduleMistakes, shorterWindows } from './schedule-mistakes';
import {
  calendarDocument,
  eventWindow,
  exclusionsOf,
  patching,
  schedulesOf,
  type WindowSchedules,
} from './window-dialects';
import { written } from './written';

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

  /**
   * The day from which windows are looked at, `YYYY-MM-DD`: that of the synthesis. What AWS takes as a list (days without practice
   * runs, ranges of detectors, changes of the clocks) is written from then on, for 400 days; rule X-88 tells when it is over.
   *
   * @default - the day on which the first of the windows comes first
   */
  readonly from?: string;
}

/**
 * The windows of a service, checked against each other for 400 days: freezes, drills and maintenance do not meet, no resource
 * of the app starts a drill, a deployment or a change while a window forbids it, and maintenance takes no more time out of the
 * count than the tier allows, together with the schedules that the app has of the service in this region. During maintenance alarms are mute. The template
 * carries the windows, so that `nines windows next` can print them.
 *
 * @throws ConfigurationError when windows meet that must not, when too much time is left out, and when AWS has no words
 * for a window
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
 */
export class MaintenanceSchedule extends Construct {
  readonly windows: readonly MaintenanceWindow[];

  /** The day from which lists are written, where one is given. */
  readonly from: string | undefined;

  /** The 30 days in which most time is left out by these windows, and how much. */
  readonly excludedTime: ExcludedTime;

  /** When nothing is changed, as a calendar of Systems Manager; where there are freezes. */
  readonly changeCalendar: CfnDocument | undefined;

  private readonly mutes: readonly MuteRules[];
  private readonly muted: IAlarmRef[] = [];

  constructor(scope: Construct, id: string, props: MaintenanceScheduleProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'windows'));
    refuse(this.node.path, fromMistakes(props.from));
    this.windows = props.windows;
    this.from = props.from;
    warnOfPast(this, this.windows, this.from);
    const choices = new TierChoices(this, props);
    const stretch = stretchOf(this.windows, this.from);
    refuse(this.node.path, scheduleMistakes(this.windows, stretch, choices.tier));
    this.excludedTime = mostExcludedTime(this.maintenance, stretch.from, stretch.until);
    this.checkBeside(choices);
    this.mutes = this.maintenance
      .filter((window) => this.from === undefined || startingFrom(window, this.from) !== undefined)
      .map((window) => new MuteRules(this, window));
    this.mute(...(props.alarms ?? []));
    const freezes = this.windows.filter(({ kind }) => kind === WindowKind.FREEZE);
    this.changeCalendar =
      freezes.length > 0 ? calendarDocument(this, freezes, CalendarType.DEFAULT_OPEN) : undefined;
    // Actions may be added to an alarm, and schedules to the app, after this is made.
    this.node.addValidation({
      validate: () =>
        [...scalingMistakes(this.muted), ...plannedMistakes(this, this.windows, this.from)].map(
          ({ problem, fix }) => `${problem}; fix: ${fix}`,
        ),
    });
    this.catalogue();
    addSchedule(this);
  }

  /** With the schedules that were made before: the service has one limit, however many schedules say its windows. */
  private checkBeside(choices: TierChoices): void {
    const others = schedulesBefore(this);
    const windows = [this, ...others].flatMap((each) => each.windows);
    const { from, until } = stretchOf(windows, this.from);
    refuse(this.node.path, mistakesBeside(this, others, { from, until }));
    const theirs = maintenanceWith(this, others);
    const paths = [...new Set(theirs.map(({ schedule }) => schedule.node.path))];
    const counted = [...this.maintenance, ...theirs];
    const together = mostExcludedTime(counted, from, until);
    const owed = excludedTimeLimit(choices.tier);
    choices.shortest({
      what: 'excludedTimePerMonth',
      owed:
        paths.length === 0
          ? owed
          : { ...owed, because: `${owed.because}; together with ${paths.join(', ')}` },
      chosen: Duration.seconds(together.seconds),
      fix: shorterWindows(counted, owed.value.toSeconds() / together.seconds),
    });
  }

  /**
   * The exclusions of an objective in Application Signals.
   *
   * @throws ConfigurationError when a window is not at one time in UTC, when it has an end, and for more than ten
   */
  sloExclusions(): CfnServiceLevelObjective.ExclusionWindowProperty[] {
    return exclusionsOf(this, this.maintenance);
  }

  /**
   * The ranges that an anomaly detector does not learn from, on 400 days and the two weeks before: it knows no recurrence.
   */
  excludedTimeRanges(): CfnAnomalyDetector.RangeProperty[] {
    const { from, until } = stretchOf(this.windows, this.from);
    return [...anomalyExclusions(this.maintenance, from - LEARNT, until)];
  }

  /**
   * When ARC starts no practice run of a `ZonalAutoshift`: during every window, in UTC.
   *
   * @throws ConfigurationError for more than ARC takes
   */
  blockedTimes(): BlockedTimes {
    const blocks = this.windows.map((window) => written(this, window, practiceRunBlocks(window, this.from)));
    return {
      blockedWindows: [...new Set(blocks.flatMap(({ blockedWindows }) => blockedWindows))],
      blockedDates: [...new Set(blocks.flatMap(({ blockedDates }) => blockedDates))].sort(),
    };
  }

  /**
   * The rules of a stage of CodePipeline: it deploys at all times but the freezes.
   *
   * @throws ConfigurationError for a freeze that CodePipeline cannot say; use `changeCalendar`
   */
  deploymentRules(): Rule[] {
    return this.windows
      .filter(({ kind }) => kind === WindowKind.FREEZE)
      .map((window) => deploymentRule(window, written(this, window, deploymentsOutside(window))));
  }

  /**
   * The rule of a stage of CodePipeline that deploys during one window only.
   *
   * @throws ConfigurationError for a window that CodePipeline cannot say
   */
  deploymentRule(id: string): Rule {
    const window = this.maintenanceNamed(id);
    return deploymentRule(window, written(this, window, deploymentsWithin(window)));
  }

  /**
   * The weekly window of a database or cache, for `preferredMaintenanceWindow`: `sun:03:00-sun:05:00`.
   *
   * @throws ConfigurationError for a window that is not weekly, not at one time in UTC, or too short
   */
  databaseWindow(id: string, service = MaintainedService.RDS): string {
    const window = this.maintenanceNamed(id);
    return written(this, window, weeklyMaintenance(window, service));
  }

  /**
   * Has EC2 stop, reboot or replace instances during a window only. Associate instances with it by their tags.
   *
   * @throws ConfigurationError for a window that is not weekly, not in whole hours of UTC, or too short
   */
  addInstanceEvents(id: string): CfnResource {
    return eventWindow(this, this.maintenanceNamed(id));
  }

  /**
   * Has Systems Manager run tasks during a window: register targets and tasks with it.
   *
   * @throws ConfigurationError for a window that is not of whole hours, or longer than a day
   */
  addPatching(id: string): CfnMaintenanceWindow {
    return patching(this, this.maintenanceNamed(id));
  }

  /**
   * Calls something when a window begins and when it ends, in its time zone.
   *
   * @throws ConfigurationError where the clocks change in between, or skip the beginning or the end
   */
  addSchedules(id: string, open: IScheduleTarget, close: IScheduleTarget): WindowSchedules {
    return schedulesOf(this, this.named(id), { open, close });
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

  private named(id: string): MaintenanceWindow {
    const window = this.windows.find((each) => each.id === id);
    if (window) return window;
    throw new ConfigurationError({
      path: this.node.path,
      problem: `there is no window ${id}`,
      fix: `use one of ${this.windows.map((each) => each.id).join(', ')}`,
    });
  }

  private maintenanceNamed(id: string): MaintenanceWindow {
    const window = this.named(id);
    if (window.kind === WindowKind.MAINTENANCE) return window;
    throw new ConfigurationError({
      path: this.node.path,
      problem: `${id} is a ${window.kind}: nothing is maintained then`,
      fix: 'name a window of maintenance',
    });
  }

  private catalogue(): void {
    const service = ServiceScope.of(this)?.service.name;
    const catalogue = StackCatalogue.of(Stack.of(this));
    for (const window of this.windows)
      catalogue.addWindow(catalogueWindow(window, service ? [service] : undefined));
  }
}

function deploymentRule({ id }: MaintenanceWindow, { cron, timeZone }: DeploymentWindow): Rule {
  return new Rule({
    name: id,
    provider: 'DeploymentWindow',
    version: '1',
    configuration: { Cron: cron, TimeZone: timeZone },
  });
}
