/** A stretch of the week, in minutes from the start of Monday. It may run over the end of the week. */
export interface WeeklyWindow {
  readonly start: number;
  readonly minutes: number;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY = 24 * 60;
const WEEK = 7 * DAY;

/** Reads `ddd:hh:mm-ddd:hh:mm`, the dialect of RDS; undefined for anything else. */
export function weeklyWindow(text: string): WeeklyWindow | undefined {
  const [start, end] = text.toLowerCase().split('-').map(minuteOfWeek);
  return start === undefined || end === undefined
    ? undefined
    : { start, minutes: (end - start + WEEK) % WEEK };
}

/** Reads `hh:mm-hh:mm`, which comes every day; undefined for anything else. */
export function dailyWindow(text: string): readonly WeeklyWindow[] | undefined {
  const [start, end] = text.split('-').map(minuteOfDay);
  if (start === undefined || end === undefined) return undefined;
  return DAYS.map((_, day) => ({ start: day * DAY + start, minutes: (end - start + DAY) % DAY }));
}

/** Whether two stretches of the week have a minute in common. */
export function overlap(one: WeeklyWindow, other: WeeklyWindow): boolean {
  const gap = (from: WeeklyWindow, to: WeeklyWindow) => (to.start - from.start + WEEK) % WEEK;
  return gap(one, other) < one.minutes || gap(other, one) < other.minutes;
}

function minuteOfWeek(text: string): number | undefined {
  const [name = '', ...time] = text.trim().split(':');
  const day = DAYS.indexOf(name);
  const minute = minuteOfDay(time.join(':'));
  return day < 0 || minute === undefined ? undefined : day * DAY + minute;
}

function minuteOfDay(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
  const at = Number(hours) * 60 + Number(minutes);
  return hours === undefined || at >= DAY ? undefined : at;
}
