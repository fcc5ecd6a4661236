import { Span } from '../../../lib/calculus/time-span';
import { alarmMute } from '../../../lib/calculus/windows/dialects/alarm-mute';
import { anomalyExclusions } from '../../../lib/calculus/windows/dialects/anomaly-exclusions';
import { CalendarType, changeCalendar } from '../../../lib/calculus/windows/dialects/change-calendar';
import {
  deploymentsOutside,
  deploymentsWithin,
} from '../../../lib/calculus/windows/dialects/deployment-window';
import { instanceEvents } from '../../../lib/calculus/windows/dialects/instance-events';
import { mathMask } from '../../../lib/calculus/windows/dialects/math-mask';
import { patchWindow } from '../../../lib/calculus/windows/dialects/patch-window';
import { openAndClose } from '../../../lib/calculus/windows/dialects/schedules';
import { sloExclusion } from '../../../lib/calculus/windows/dialects/slo-exclusion';
import {
  MaintainedService,
  weeklyMaintenance,
} from '../../../lib/calculus/windows/dialects/weekly-maintenance';
import type { Expressed } from '../../../lib/calculus/windows/expressed';
import { Weekday } from '../../../lib/calculus/windows/recurrence';
import { type MaintenanceWindow, Recurrence } from '../../../lib/objectives/maintenance-window';
import { calendarEvents } from '../../support/calendar-events';
import { openInJavaScript } from './math-in-javascript';
import { IDS } from './open-at';
import {
  cronMatcher,
  cronStarts,
  eventTimes,
  fiveFields,
  inside,
  rangeTimes,
  scheduleStarts,
  type Time,
  weeklyTimes,
} from './readers';
import { FROM, UNTIL, windowOf } from './windows';

const HOUR = 3_600;
/** All windows are so long, in seconds. */
export const FOUR_HOURS = 4 * HOUR;
const DAILY = Recurrence.weekly(...Object.values(Weekday));

/** What a four-hour window is in a dialect, read by others' code; nothing of ours but the words goes in. */
export type Read = (window: MaintenanceWindow, around: Time) => Expressed<readonly Time[]>;

/** Times of one length, in seconds. */
export const lasting = (starts: readonly number[], seconds: number): Time[] =>
  starts.map((start) => ({ start, end: start + seconds }));

function read<T>(words: Expressed<T>, times: (written: T) => readonly Time[]): Expressed<readonly Time[]> {
  return 'written' in words ? { written: times(words.written) } : words;
}

/** The stretches of minutes that are among some. */
function stretches({ start, end }: Time, isIn: (minute: number) => boolean): Time[] {
  const found: { start: number; end: number }[] = [];
  for (let minute = start; minute < end; minute += 60) {
    if (!isIn(minute)) continue;
    const last = found.at(-1);
    if (last?.end === minute) last.end += 60;
    else found.push({ start: minute, end: minute + 60 });
  }
  return found;
}

const weekly =
  (service: MaintainedService): Read =>
  (window) =>
    read(weeklyMaintenance(window, service), (text) => weeklyTimes(text, FROM, UNTIL));

const MUTE: Read = (window) =>
  read(alarmMute(window), ({ expression, duration, timezone }) => {
    expect(duration).toBe('PT4H');
    return lasting(cronStarts(inside(expression), timezone, FROM, UNTIL), FOUR_HOURS);
  });
const CALENDAR: Read = (window) =>
  read(changeCalendar([window], CalendarType.DEFAULT_OPEN, 'Changes'), (text) =>
    calendarEvents(text, UNTIL).map(({ start, end }) => ({
      start: Date.parse(start) / 1_000,
      end: Date.parse(end) / 1_000,
    })),
  );
const SCHEDULER: Read = (window) =>
  read(openAndClose(window), ({ open, close }) => {
    const [starts, ends] = [open, close].map(({ expression, timeZone }) =>
      scheduleStarts(expression, timeZone, { from: FROM, until: UNTIL }),
    );
    return (starts ?? []).map((start) => ({ start, end: ends?.find((end) => end > start) ?? 0 }));
  });
const PATCHES: Read = (window) =>
  read(patchWindow(window), ({ schedule, scheduleTimezone = '', duration }) =>
    lasting(cronStarts(fiveFields(schedule), scheduleTimezone, FROM, UNTIL), duration * HOUR),
  );
const SLO: Read = (window) =>
  read(sloExclusion(window), ({ expression = '', duration, durationUnit }) => {
    expect(durationUnit).toBe('HOUR');
    return lasting(cronStarts(fiveFields(expression), 'UTC', FROM, UNTIL), duration * HOUR);
  });
const PIPELINE: Read = (window, around) =>
  read(deploymentsWithin(window), ({ cron, timeZone }) => stretches(around, cronMatcher(cron, timeZone)));

/** Of each day, as freezes of a part of one day in the week are no single expression. */
const FREEZE: Read = (window, around) => {
  const { timeZone, start } = window;
  const each = windowOf({ timeZone, start, duration: Span.hours(4), recurrence: DAILY });
  return read(deploymentsOutside(each), ({ cron, timeZone: zone }) => {
    const allowed = cronMatcher(cron, zone);
    const sunday = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short' });
    return stretches(around, (minute) => !allowed(minute)).filter(
      (time) => sunday.format(time.start * 1_000) === 'Sun',
    );
  });
};
export const DETECTOR: Read = (window) => ({ written: rangeTimes(anomalyExclusions([window], FROM, UNTIL)) });
const EVENTS: Read = (window) => read(instanceEvents(window), (ranges) => eventTimes(ranges, FROM, UNTIL));
const MATH: Read = (window, around) =>
  read(mathMask(window, IDS), (mask) => {
    const minutes = Array.from({ length: (around.end - around.start) / 60 }, (_, i) => around.start + i * 60);
    const open = openInJavaScript(mask, minutes);
    return stretches(around, (minute) => open[(minute - around.start) / 60] === 1);
  });

/** In the words of a zone. */
export const LOCAL: Readonly<Record<string, Read>> = {
  'mute rules of CloudWatch': MUTE,
  'a change calendar': CALENDAR,
  'schedules of EventBridge': SCHEDULER,
  'a maintenance window of Systems Manager': PATCHES,
  'a deployment window of CodePipeline': PIPELINE,
  'a freeze of CodePipeline': FREEZE,
  'a mask of metric math': MATH,
};

/** In UTC, at one time of the week. */
export const IN_UTC: Readonly<Record<string, Read>> = {
  'an exclusion of Application Signals': SLO,
  'event windows of EC2': EVENTS,
  ...Object.fromEntries(
    Object.values(MaintainedService).map((service) => [`the window of ${service}`, weekly(service)]),
  ),
};

/** What knows a length, not only the clock at the end. */
export const ON_STOPWATCHES: Readonly<Record<string, Read>> = {
  'mute rules of CloudWatch': MUTE,
  'a change calendar': CALENDAR,
  'a maintenance window of Systems Manager': PATCHES,
};
