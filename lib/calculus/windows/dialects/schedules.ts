import type { Inexpressible } from '../expressed';
import { type Expressed, expressed, oddStart, runsThroughChange, utcText } from '../expressed';
import { movedRule } from '../moved-days';
import { firstMoment, type LocalWindow, secondOfDay } from '../occurrences';
import { dateOf, dayNumber } from '../recurrence';
import { clockAt, momentOf } from '../time-zone';
import { cronFields, sixFields } from './cron-fields';

/** A schedule of EventBridge Scheduler. */
export interface ScheduleText {
  /** `cron(0 2 ? * SUN *)` or `at(2026-12-06T02:00:00)` */
  readonly expression: string;

  /** An IANA name. */
  readonly timeZone: string;

  /** The first moment at which it may come, in UTC: `2026-12-06T01:00:00Z`; left out where it comes once. */
  readonly startDate?: string;

  /** The last one: `2026-12-31T03:00:00Z`. @default - it comes for ever */
  readonly endDate?: string;
}

/** What happens when a window begins and when it ends. */
export interface OpenAndClose {
  readonly open: ScheduleText;
  readonly close: ScheduleText;
}

const DAY = 86_400;

/**
 * A window as two schedules of EventBridge Scheduler: one that opens it and one that closes it, in its time zone. Scheduler
 * leaves out what the clocks skip, so a window that begins or ends then is refused.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function openAndClose(window: LocalWindow): Expressed<OpenAndClose> {
  const end = windowOfEnds(window);
  const refusals = [
    oddStart(window, 'Scheduler does not open it then'),
    runsThroughChange(window, 'it would be closed too early or too late'),
    'problem' in end ? end : oddStart(end, 'Scheduler does not close it then'),
  ];
  return expressed(refusals, () => ({ open: textOf(window), close: textOf(end as LocalWindow) }));
}

/** A window that begins where another one ends. */
function windowOfEnds(window: LocalWindow): LocalWindow | Inexpressible {
  const { timeZone, durationSeconds, lastDay } = window;
  const start = utcText(clockAt(timeZone, firstMoment(window) + durationSeconds)).slice(0, 16);
  const days = dayNumber(start) - dayNumber(window.start);
  const recurrence = movedRule(window, days);
  if ('problem' in recurrence) return recurrence;
  return {
    start,
    recurrence,
    durationSeconds: 60,
    timeZone,
    ...(lastDay !== undefined && { lastDay: dateOf(dayNumber(lastDay) + days) }),
  };
}

function textOf(window: LocalWindow): ScheduleText {
  const { start, timeZone, recurrence, lastDay } = window;
  if (recurrence.every === 'once') return { expression: `at(${start}:00)`, timeZone };
  return {
    expression: sixFields(cronFields(window)),
    timeZone,
    startDate: `${utcText(firstMoment(window))}Z`,
    ...(lastDay !== undefined && { endDate: `${utcText(lastStart(window, lastDay) + 60)}Z` }),
  };
}

/** The moment at which a window begins on its last day. @internal */
export function lastStart({ start, timeZone }: LocalWindow, lastDay: string): number {
  return momentOf(timeZone, dayNumber(lastDay) * DAY + secondOfDay(start)).at;
}
