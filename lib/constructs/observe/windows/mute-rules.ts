import {
  AlarmMuteRule,
  type CalendarDateTime,
  type IAlarmRef,
  ScheduleExpression,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, TimeZone } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { alarmMute } from '../../../calculus/windows/dialects/alarm-mute';
import { secondOfDay } from '../../../calculus/windows/occurrences';
import { dayNumber } from '../../../calculus/windows/recurrence';
import { clockAt, momentOf } from '../../../calculus/windows/time-zone';
import type { MaintenanceWindow } from '../../../objectives/maintenance-window';
import { written } from './written';

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MuteTargets.html */
const MOST_ALARMS = 100;

const DAY = 86_400;

/**
 * The mute rules of one window, each for a hundred alarms at the most.
 *
 * @throws ConfigurationError when a mute rule cannot say the window
 * @internal
 */
export class MuteRules {
  readonly rules: AlarmMuteRule[] = [];

  private readonly alarms: IAlarmRef[] = [];

  constructor(
    private readonly scope: Construct,
    private readonly window: MaintenanceWindow,
  ) {}

  /** Has an alarm tell nobody during the window. */
  add(alarm: IAlarmRef): void {
    if (this.alarms.includes(alarm)) return;
    const rule = this.rules[Math.floor(this.alarms.length / MOST_ALARMS)] ?? this.addRule();
    rule.addAlarm(alarm);
    this.alarms.push(alarm);
  }

  private addRule(): AlarmMuteRule {
    const { scope, window, rules } = this;
    const { expression, timezone } = written(scope, window, alarmMute(window));
    const returns = window.recurrence.every !== 'once';
    const rule = new AlarmMuteRule(scope, `${window.id}-${rules.length + 1}`, {
      description: describe(window),
      schedule: ScheduleExpression.expression(expression, TimeZone.of(timezone)),
      duration: Duration.seconds(window.durationSeconds),
      ...(returns && { start: asCalendar(clockOf(window.start)) }),
      ...(returns && window.lastDay !== undefined && { expire: asCalendar(endOf(window, window.lastDay)) }),
    });
    rules.push(rule);
    return rule;
  }
}

function describe({ reason, approver }: MaintenanceWindow): string {
  return approver === undefined ? reason : `${reason} (${approver})`;
}

/** A local time as if it were one of UTC, in seconds. */
function clockOf(start: string): number {
  return dayNumber(start) * DAY + secondOfDay(start);
}

/** What the clocks show when the window that begins on a day is over. */
function endOf({ start, timeZone, durationSeconds }: MaintenanceWindow, lastDay: string): number {
  const last = momentOf(timeZone, dayNumber(lastDay) * DAY + secondOfDay(start)).at;
  return clockAt(timeZone, last + durationSeconds);
}

function asCalendar(clock: number): CalendarDateTime {
  const at = new Date(clock * 1_000);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
  };
}
