import { formatSeconds, type TimeSpan } from '../calculus/time-span';
import type { LocalWindow } from '../calculus/windows/occurrences';
import { type NamedWindow, WindowKind } from '../calculus/windows/overlaps';
import { dayNumber, fits, LAST, type RecurrenceRule, type Weekday } from '../calculus/windows/recurrence';
import { isTimeZone, momentOf } from '../calculus/windows/time-zone';
import { type Mistake, missing, quoted, refuse } from './mistakes';
import { isDate } from './weakening';

/**
 * How a window comes back.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10
 */
export class Recurrence {
  /** It comes once, on the day of its start. */
  static once(): RecurrenceRule {
    return { every: 'once' };
  }

  /** It comes on these days of each week. */
  static weekly(...weekdays: readonly Weekday[]): RecurrenceRule {
    return { every: 'week', weekdays };
  }

  /** It comes on a day of each month, 1 to 28: later ones some months do not have. */
  static monthlyOnDay(dayOfMonth: number): RecurrenceRule {
    return { every: 'month', dayOfMonth };
  }

  /** It comes on the last day of each month. */
  static monthlyOnLastDay(): RecurrenceRule {
    return { every: 'month', dayOfMonth: LAST };
  }

  /** It comes on the first, second, third or fourth of a weekday in each month: `monthlyOn(2, Weekday.TUESDAY)`. */
  static monthlyOn(nth: number, weekday: Weekday): RecurrenceRule {
    return { every: 'month', nth, weekdays: [weekday] };
  }

  /** It comes on the last of a weekday in each month. */
  static monthlyOnLast(weekday: Weekday): RecurrenceRule {
    return { every: 'month', nth: LAST, weekdays: [weekday] };
  }

  /** It comes on the day of its start in each year. */
  static yearly(): RecurrenceRule {
    return { every: 'year' };
  }

  private constructor() {}
}

/** Properties of a {@link MaintenanceWindow}. */
export interface MaintenanceWindowProps {
  /** Lower-case letters, digits and hyphens: `weekly-patching`. */
  readonly id: string;

  /** What it is for. */
  readonly kind: WindowKind;

  /** When it begins first, as the clocks of the time zone show it: `2026-12-06T02:00`. */
  readonly start: string;

  /** How long it lasts, in whole minutes. */
  readonly duration: TimeSpan;

  /** Why, for who reads it on a dashboard or in an audit. */
  readonly reason: string;

  /**
   * How it comes back.
   *
   * @default Recurrence.once()
   */
  readonly recurrence?: RecurrenceRule;

  /**
   * The time zone of `start`, an IANA name: `Europe/Berlin`.
   *
   * @default - UTC
   */
  readonly timeZone?: string;

  /**
   * The last day on which it begins, `YYYY-MM-DD`.
   *
   * @default - it comes back for ever
   */
  readonly lastDay?: string;

  /**
   * The role or team that agreed; it ends up in the template, so name no person. Maintenance of tier 0 asks for one.
   *
   * @default - nobody has
   */
  readonly approver?: string;

  /**
   * The names of the services that it is for.
   *
   * @default - all that it is given to
   */
  readonly appliesTo?: readonly string[];
}

/**
 * A time at which a service is worked on, must not be changed, or is tried. It is said once, in local time, and written in
 * the dialect of each service that must know of it.
 *
 * @see https://sre.google/workbook/error-budget-policy/
 */
export class MaintenanceWindow implements NamedWindow {
  readonly id: string;
  readonly kind: WindowKind;
  readonly start: string;
  readonly durationSeconds: number;
  readonly recurrence: RecurrenceRule;
  readonly timeZone: string;
  readonly reason: string;
  readonly lastDay?: string;
  readonly approver?: string;
  readonly appliesTo?: readonly string[];

  /** @throws ConfigurationError with all mistakes, when a value is none, or the first day is not one of the recurrence */
  constructor(props: MaintenanceWindowProps) {
    const path = `window ${props?.id ?? ''}`.trim();
    refuse(path, missing(props, 'id', 'kind', 'start', 'duration', 'reason'));
    this.id = props.id;
    this.kind = props.kind;
    this.start = props.start;
    this.durationSeconds = props.duration.toSeconds();
    this.recurrence = props.recurrence ?? Recurrence.once();
    this.timeZone = props.timeZone ?? 'UTC';
    this.reason = props.reason;
    if (props.lastDay !== undefined) this.lastDay = props.lastDay;
    if (props.approver !== undefined) this.approver = props.approver;
    if (props.appliesTo !== undefined) this.appliesTo = props.appliesTo;
    refuse(path, windowMistakes(this));
  }
}

/** What a window says, whoever wrote it. */
type Words = NamedWindow & Pick<MaintenanceWindow, 'reason' | 'approver'>;

const START = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/;
const DAY = 86_400;
const MOST_DAYS: Readonly<Record<RecurrenceRule['every'], number>> = {
  once: 366,
  week: 7,
  month: 28,
  year: 365,
};

/** What is wrong with a window. @internal */
export function windowMistakes(window: Words): Mistake[] {
  const { start, timeZone, lastDay } = window;
  const mistakes: Mistake[] = [...wordMistakes(window), ...ruleMistakes(window.recurrence)];
  if (!START.test(start) || !isDate(start.slice(0, 10)))
    mistakes.push({
      problem: `start is ${quoted(start)}, which is no local time`,
      fix: 'write it as 2026-12-06T02:00, without a zone',
    });
  if (!isTimeZone(timeZone))
    mistakes.push({
      problem: `timeZone is ${quoted(timeZone)}, which is none that is known`,
      fix: 'use an IANA name such as Europe/Berlin, or UTC',
    });
  if (lastDay !== undefined && (!isDate(lastDay) || lastDay < start.slice(0, 10)))
    mistakes.push({
      problem: `lastDay is ${quoted(lastDay)}, which is no day from ${start.slice(0, 10)} on`,
      fix: 'write it as YYYY-MM-DD, not before the first day',
    });
  return mistakes.length > 0 ? mistakes : [...lengthMistakes(window), ...firstDayMistakes(window)];
}

function wordMistakes({ id, kind, reason, approver }: Words): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    mistakes.push({
      problem: `id is ${quoted(id)}`,
      fix: 'use lower-case letters, digits and single hyphens: weekly-patching',
    });
  if (!Object.values(WindowKind).includes(kind))
    mistakes.push({
      problem: `kind is ${quoted(kind)}`,
      fix: `use one of ${Object.values(WindowKind).join(', ')}`,
    });
  for (const [what, text] of Object.entries({ reason, approver }))
    if (text !== undefined && (text.trim() === '' || /\p{Cc}/u.test(text)))
      mistakes.push({ problem: `${what} is ${quoted(text)}`, fix: `write ${what} in words, on one line` });
  return mistakes;
}

function ruleMistakes({ every, weekdays, nth, dayOfMonth }: RecurrenceRule): Mistake[] {
  if (every === 'week' && weekdays?.length === 0)
    return [{ problem: 'recurrence names no day of the week', fix: 'name one or more in Recurrence.weekly' }];
  if (dayOfMonth !== undefined && dayOfMonth !== LAST && !isWithin(dayOfMonth, 1, 28))
    return [
      {
        problem: `recurrence is on day ${dayOfMonth} of each month, which is none or which some months do not have`,
        fix: 'use a day from 1 to 28, or Recurrence.monthlyOnLastDay()',
      },
    ];
  if (nth !== undefined && nth !== LAST && !isWithin(nth, 1, 4))
    return [
      {
        problem: `recurrence is on weekday ${nth} of each month, which is none or which some months do not have`,
        fix: 'use 1 to 4, or Recurrence.monthlyOnLast(weekday)',
      },
    ];
  return [];
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function lengthMistakes({ durationSeconds, recurrence }: LocalWindow): Mistake[] {
  const { every, weekdays } = recurrence;
  if (!Number.isInteger(durationSeconds / 60) || durationSeconds < 60)
    return [
      {
        problem: `duration is ${formatSeconds(durationSeconds)}`,
        fix: 'use whole minutes, one or more',
      },
    ];
  const most = every === 'week' ? 7 / Math.max(1, new Set(weekdays).size) : MOST_DAYS[every];
  if (durationSeconds <= most * DAY) return [];
  return [
    {
      problem: `duration is ${formatSeconds(durationSeconds)}, and it comes back before it has ended`,
      fix: `shorten it to ${formatSeconds(Math.floor(most * DAY))} or less, or let it come less often`,
    },
  ];
}

/** Calendars count the first day always, schedules only when it is one of theirs: so it must be one. */
function firstDayMistakes({ start, recurrence, timeZone }: LocalWindow): Mistake[] {
  const first = dayNumber(start);
  if (!fits(recurrence, first))
    return [
      {
        problem: `start is on ${start.slice(0, 10)}, which is no day on which it comes back`,
        fix: 'begin on the first day of the recurrence',
      },
    ];
  if (recurrence.every === 'year' && start.slice(5, 10) === '02-29')
    return [{ problem: 'start is on 29 February, which most years do not have', fix: 'use 28 February' }];
  const clock = Date.parse(`${start}:00Z`) / 1_000;
  if (momentOf(timeZone, clock).shown !== 'never') return [];
  return [
    {
      problem: `the clocks of ${timeZone} skip ${start.replace('T', ' ')}`,
      fix: 'start before the clocks go forward or after',
    },
  ];
}
