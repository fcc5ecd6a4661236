import type { CfnServiceLevelObjective } from 'aws-cdk-lib/aws-applicationsignals';
import { type IScheduleTarget, Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { CfnDocument, CfnMaintenanceWindow } from 'aws-cdk-lib/aws-ssm';
import { CfnResource, TimeZone, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type CalendarType, changeCalendar } from '../../../calculus/windows/dialects/change-calendar';
import { instanceEvents } from '../../../calculus/windows/dialects/instance-events';
import { patchWindow } from '../../../calculus/windows/dialects/patch-window';
import { openAndClose, type ScheduleText } from '../../../calculus/windows/dialects/schedules';
import { sloExclusion } from '../../../calculus/windows/dialects/slo-exclusion';
import type { CatalogueWindow } from '../../../objectives/catalogue-window';
import type { MaintenanceWindow } from '../../../objectives/maintenance-window';
import { refuse } from '../../../objectives/mistakes';
import { written } from './written';

/**
 * A change calendar of Systems Manager. Its content is a text, which the class of the CDK refuses: it wants an object.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-change-calendar.html
 * @internal
 */
export function calendarDocument(
  scope: Construct,
  windows: readonly MaintenanceWindow[],
  type: CalendarType,
): CfnDocument {
  const description = `Times without changes of ${scope.node.path}`;
  const names = windows.map(({ id }) => id).join(', ');
  const content = written(scope, { id: names }, changeCalendar(windows, type, description));
  const document = new CfnDocument(scope, 'ChangeCalendar', {
    content: {},
    documentFormat: 'TEXT',
    documentType: 'ChangeCalendar',
    updateMethod: 'NewVersion',
  });
  document.addPropertyOverride('Content', content);
  // A calendar is neither JSON nor YAML, which cfn-lint 1.51.0 takes every document for.
  document.addMetadata('cfn-lint', { config: { ignore_checks: ['E3051'] } });
  return document;
}

/**
 * Exclusions of one objective.
 *
 * @see https://docs.aws.amazon.com/applicationsignals/latest/APIReference/API_BatchUpdateExclusionWindows.html
 * @internal
 */
export const MOST_EXCLUSIONS = 10;

/**
 * The exclusions of an objective in Application Signals.
 *
 * @throws ConfigurationError for a window that it cannot say, and for more than it takes
 * @internal
 */
export function exclusionsOf(
  scope: Construct,
  windows: readonly CatalogueWindow[],
): CfnServiceLevelObjective.ExclusionWindowProperty[] {
  if (windows.length > MOST_EXCLUSIONS)
    refuse(scope.node.path, [
      {
        problem: `Application Signals takes ${MOST_EXCLUSIONS} exclusions for an objective, and there are ${windows.length} windows of maintenance`,
        fix: 'join windows, or let one come back',
      },
    ]);
  return windows.map((window) => exclusionOf(scope, window));
}

function exclusionOf(
  scope: Construct,
  window: CatalogueWindow,
): CfnServiceLevelObjective.ExclusionWindowProperty {
  const { startTime, expression, duration, durationUnit } = written(scope, window, sloExclusion(window));
  return {
    reason: window.reason,
    startTime,
    window: { duration, durationUnit },
    ...(expression !== undefined && { recurrenceRule: { expression } }),
  };
}

/**
 * A window for the events of instances. Written without its class, which older releases of the CDK do not have.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instanceeventwindow.html
 * @internal
 */
export function eventWindow(scope: Construct, window: MaintenanceWindow): CfnResource {
  const timeRanges = written(scope, window, instanceEvents(window));
  const events = new CfnResource(scope, `${window.id}-InstanceEvents`, {
    type: 'AWS::EC2::InstanceEventWindow',
    properties: {
      TimeRanges: timeRanges.map(({ startWeekDay, startHour, endWeekDay, endHour }) => ({
        StartWeekDay: startWeekDay,
        StartHour: startHour,
        EndWeekDay: endWeekDay,
        EndHour: endHour,
      })),
    },
  });
  // CloudFormation knows the type, cfn-lint 1.51.0 does not yet.
  events.addMetadata('cfn-lint', { config: { ignore_checks: ['E3006'] } });
  Validations.of(events).acknowledge({
    id: 'CloudFormation-Validate::F3006',
    reason: 'CloudFormation knows the type: the class of the CDK is made from its registry.',
  });
  return events;
}

/** Hours before the end at which no task is begun any more. */
const CUTOFF = 1;

/** @internal */
export function patching(scope: Construct, window: MaintenanceWindow): CfnMaintenanceWindow {
  const words = written(scope, window, patchWindow(window));
  return new CfnMaintenanceWindow(scope, `${window.id}-Patching`, {
    ...words,
    name: window.id,
    description: window.reason.slice(0, MOST_LETTERS),
    // A window of an hour would have no time left.
    cutoff: words.duration > CUTOFF ? CUTOFF : 0,
    allowUnassociatedTargets: false,
  });
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateMaintenanceWindow.html */
const MOST_LETTERS = 128;

/** What is called when a window begins and when it ends. */
export interface WindowSchedules {
  readonly open: Schedule;
  readonly close: Schedule;
}

/** What to call. @internal */
export type WindowTargets = Readonly<Record<'open' | 'close', IScheduleTarget>>;

/** @internal */
export function schedulesOf(
  scope: Construct,
  window: MaintenanceWindow,
  targets: WindowTargets,
): WindowSchedules {
  const words = written(scope, window, openAndClose(window));
  const make = (what: 'open' | 'close'): Schedule =>
    new Schedule(scope, `${window.id}-${what}`, {
      description: `${what}s the ${window.kind} ${window.id}: ${window.reason}`.slice(0, MOST_OF_SCHEDULER),
      schedule: ScheduleExpression.expression(words[what].expression, TimeZone.of(words[what].timeZone)),
      target: targets[what],
      ...datesOf(words[what]),
    });
  return { open: make('open'), close: make('close') };
}

/** @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
const MOST_OF_SCHEDULER = 512;

function datesOf({ startDate, endDate }: ScheduleText) {
  return {
    ...(startDate !== undefined && { start: new Date(startDate) }),
    ...(endDate !== undefined && { end: new Date(endDate) }),
  };
}
