import { Cron } from 'croner';
import { Span } from '../../../lib/calculus/time-span';
import { alarmMute } from '../../../lib/calculus/windows/dialects/alarm-mute';
import { anomalyExclusions } from '../../../lib/calculus/windows/dialects/anomaly-exclusions';
import { CalendarType, changeCalendar } from '../../../lib/calculus/windows/dialects/change-calendar';
import {
  deploymentsOutside,
  deploymentsWithin,
} from '../../../lib/calculus/windows/dialects/deployment-window';
import { instanceEvents } from '../../../lib/calculus/windows/dialects/instance-events';
import { patchWindow } from '../../../lib/calculus/windows/dialects/patch-window';
import { practiceRunBlocks } from '../../../lib/calculus/windows/dialects/practice-runs';
import { openAndClose } from '../../../lib/calculus/windows/dialects/schedules';
import { sloExclusion } from '../../../lib/calculus/windows/dialects/slo-exclusion';
import {
  MaintainedService,
  weeklyMaintenance,
} from '../../../lib/calculus/windows/dialects/weekly-maintenance';
import { firstMoment, occurrences } from '../../../lib/calculus/windows/occurrences';
import { Weekday } from '../../../lib/calculus/windows/recurrence';
import type { MaintenanceWindow } from '../../../lib/objectives/maintenance-window';
import { Recurrence } from '../../../lib/objectives/maintenance-window';
import { calendarEvents } from '../../support/calendar-events';
import { everyRecurrence, FROM, startsOf, textOf, UNTIL, windowOf, wordsOf, ZONES } from './windows';

/** What croner, which knows time zones by itself, says of a cron expression of AWS. */
function croner(fields: string, timezone: string, from = FROM): string[] {
  const pattern = fields
    .replaceAll('?', '*')
    // AWS numbers the days from Sunday = 1, croner from Sunday = 0.
    .replace(/\b([1-7])L\b/, (_, day: string) => `${Number(day) - 1}#L`);
  const job = new Cron(pattern, { timezone, paused: true, domAndDow: true });
  const found: string[] = [];
  let at = job.nextRun(new Date(from * 1_000 - 1_000));
  while (at && at.getTime() < UNTIL * 1_000) {
    found.push(at.toISOString());
    at = job.nextRun(at);
  }
  return found;
}

const inside = (expression: string): string => /^(?:cron|at)\((.*)\)$/.exec(expression)?.[1] ?? '';

/** The six fields of AWS without the year, which is always *. */
function fiveFields(expression: string): string {
  const fields = inside(expression).split(' ');
  expect(fields).toHaveLength(6);
  expect(fields[5]).toBe('*');
  // AWS wants a question mark in exactly one of the two.
  expect([fields[2], fields[4]].filter((field) => field === '?')).toHaveLength(1);
  return fields.slice(0, 5).join(' ');
}

describe.each(ZONES)('a year of windows in %s', (timeZone) => {
  const windows = Object.entries(everyRecurrence(timeZone));

  describe('as a calendar file, read by ical.js', () => {
    it.each(windows)('comes %s', (_, window) => {
      const text = wordsOf(changeCalendar([window], CalendarType.DEFAULT_OPEN, 'Changes'));
      const expected = occurrences(window, FROM, UNTIL).map(({ start, end }) => ({
        start: textOf(start),
        end: textOf(end),
      }));
      expect(expected.length).toBeGreaterThan(0);
      expect(calendarEvents(text, UNTIL)).toEqual(expected);
    });
  });

  describe('as mute rules of CloudWatch, read by croner', () => {
    const said = windows.filter(([, window]) => 'written' in alarmMute(window));
    it('are said but for certain weekdays and the last day of a month', () => {
      expect(windows.length - said.length).toBe(3);
    });

    it.each(said.filter(([name]) => name !== 'once'))('comes %s', (_, window) => {
      const { expression, duration, timezone } = wordsOf(alarmMute(window));
      expect(duration).toBe('PT2H');
      expect(croner(inside(expression), timezone, firstMoment(window))).toEqual(startsOf(window));
    });
  });

  describe('as schedules of EventBridge Scheduler, read by croner', () => {
    it.each(windows.filter(([name]) => name !== 'once'))('opens and closes %s', (_, window) => {
      const { open, close } = wordsOf(openAndClose(window));
      expect(croner(fiveFields(open.expression), open.timeZone, firstMoment(window))).toEqual(
        startsOf(window),
      );
      const ends = occurrences(window, FROM, UNTIL).map(({ end }) => textOf(end));
      expect(croner(fiveFields(close.expression), close.timeZone, firstMoment(window))).toEqual(ends);
      expect(open.startDate).toBe(startsOf(window)[0]?.replace('.000', ''));
    });
  });

  describe('as maintenance windows of Systems Manager, read by croner', () => {
    it.each(windows.filter(([name]) => name !== 'once'))('comes %s', (_, window) => {
      const { schedule, scheduleTimezone = '', duration } = wordsOf(patchWindow(window));
      expect(duration).toBe(2);
      expect(croner(fiveFields(schedule), scheduleTimezone, firstMoment(window))).toEqual(startsOf(window));
    });

    it('comes once, in UTC', () => {
      const { schedule } = wordsOf(patchWindow(everyRecurrence(timeZone).once as MaintenanceWindow));
      expect(`${inside(schedule)}.000Z`).toBe(
        startsOf(everyRecurrence(timeZone).once as MaintenanceWindow)[0],
      );
    });
  });

  describe('as exclusions of Application Signals', () => {
    it.each(windows)('comes %s, in UTC, or is refused where the clocks change', (name, window) => {
      const said = sloExclusion(window);
      if (timeZone !== 'UTC' && !['each year', 'once'].includes(name)) {
        expect(said).toEqual({ problem: expect.stringContaining('knows UTC only'), fix: expect.any(String) });
        return;
      }
      const { startTime, expression, duration, durationUnit } = wordsOf(said);
      expect([duration, durationUnit]).toEqual([2, 'HOUR']);
      expect(startTime.replace('Z', '.000Z')).toBe(startsOf(window)[0]);
      if (expression !== undefined)
        expect(croner(fiveFields(expression), 'UTC', Date.parse(startTime) / 1_000)).toEqual(
          startsOf(window),
        );
    });
  });

  describe('as deployment windows of CodePipeline, read by croner', () => {
    const said = windows.filter(([, window]) => 'written' in deploymentsWithin(window));
    it('are said but for parts of several hours', () => expect(said.length).toBe(windows.length - 2));

    it.each(said)('allows deployments %s, and no minute before or after', (_, window) => {
      const { cron, timeZone: timezone } = wordsOf(deploymentsWithin(window));
      const job = matcher(cron, timezone);
      for (const { start, end } of occurrences(window, FROM, UNTIL)) {
        expect([start, (start + end) / 2, end - 60].map(job)).toEqual([true, true, true]);
        expect([start - 60, end].map(job)).toEqual([false, false]);
      }
    });

    it('freezes each night', () => {
      const night = windowOf({
        timeZone,
        start: '2026-12-01T07:00',
        duration: Span.hours(5),
        recurrence: Recurrence.weekly(...Object.values(Weekday)),
      });
      const job = matcher(wordsOf(deploymentsOutside(night)).cron, timeZone);
      for (const { start, end } of occurrences(night, FROM, UNTIL)) {
        expect([start, end - 60].map(job)).toEqual([false, false]);
        expect([start - 60, end].map(job)).toEqual([true, true]);
      }
    });
  });

  it('are ranges of anomaly detectors, each a pair of times in UTC', () => {
    for (const [, window] of windows) {
      const ranges = anomalyExclusions([window], FROM, UNTIL);
      expect(ranges.map(({ startTime }) => `${startTime}.000Z`)).toEqual(startsOf(window));
      for (const { startTime, endTime } of ranges) {
        expect([startTime, endTime].every((text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text))).toBe(
          true,
        );
        expect(Date.parse(`${endTime}Z`) - Date.parse(`${startTime}Z`)).toBe(7_200_000);
      }
    }
  });

  it.each(windows)('block practice runs of ARC at all of their times, %s', (_, window) => {
    const said = practiceRunBlocks(window);
    const { blockedWindows, blockedDates } = wordsOf(said);
    expect(blockedWindows.length + blockedDates.length).toBeLessThanOrEqual(15);
    const times = blockedWindows.map(readWindow);
    for (const { start, end } of occurrences(window, FROM, FROM + 380 * 86_400)) {
      const isBlocked = (moment: number): boolean =>
        blockedDates.includes(textOf(moment).slice(0, 10)) || times.some((within) => within(moment));
      expect([start, end - 60].map(isBlocked)).toEqual([true, true]);
    }
  });
});

/** Whether a cron expression of CodePipeline names a minute, as croner reads it. */
function matcher(cron: string, timezone: string): (moment: number) => boolean {
  const fields = cron.split(' ');
  expect(fields).toHaveLength(7);
  expect([fields[3], fields[5]].filter((field) => field === '?')).toHaveLength(1);
  const [, minute, hour, day, month, weekday, year] = fields;
  const pattern = `0 ${minute} ${hour} ${day} ${month} ${weekday} ${year}`
    .replaceAll('?', '*')
    .replace(/\b([1-7])L\b/, (_, each: string) => `${Number(each) - 1}#L`);
  const job = new Cron(pattern, { timezone, paused: true, domAndDow: true });
  return (moment) => job.match(new Date(moment * 1_000));
}

const ARC_DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const WEEK = 7 * 86_400;

function readWindow(text: string): (moment: number) => boolean {
  const [start, end] = text.split('-').map((part) => {
    const [, day = '', hour, minute] = /^([A-Z][a-z]{2}):(\d\d):(\d\d)$/.exec(part) ?? [];
    return (ARC_DAYS.indexOf(day) * 1_440 + Number(hour) * 60 + Number(minute)) * 60;
  });
  return (moment) => {
    const at = new Date(moment * 1_000);
    const second = (at.getUTCDay() * 1_440 + at.getUTCHours() * 60 + at.getUTCMinutes()) * 60;
    return (second - (start ?? 0) + WEEK) % WEEK < ((end ?? 0) - (start ?? 0) + WEEK) % WEEK;
  };
}

describe('weekly times in UTC', () => {
  const night = windowOf({ start: '2026-12-05T23:00', recurrence: Recurrence.weekly(Weekday.SATURDAY) });

  it('are windows of databases and caches', () => {
    for (const service of Object.values(MaintainedService))
      expect(wordsOf(weeklyMaintenance(night, service))).toBe('sat:23:00-sun:01:00');
    expect(wordsOf(weeklyMaintenance(night, MaintainedService.RDS))).toMatch(
      /^(mon|tue|wed|thu|fri|sat|sun):\d\d:\d\d-(mon|tue|wed|thu|fri|sat|sun):\d\d:\d\d$/,
    );
  });

  it('are said of a time zone whose clocks do not change', () => {
    const tokyo = windowOf({ timeZone: 'Asia/Tokyo' });
    expect(wordsOf(weeklyMaintenance(tokyo, MaintainedService.RDS))).toBe('sat:19:00-sat:21:00');
    expect(startsOf(tokyo).every((start) => new Date(start).getUTCDay() === 6)).toBe(true);
    expect(wordsOf(sloExclusion(tokyo)).expression).toBe('cron(0 19 ? * SAT *)');
  });

  it('are event windows of instances, in whole hours', () => {
    const twice = windowOf({
      start: '2026-12-05T22:00',
      duration: Span.hours(3),
      recurrence: Recurrence.weekly(Weekday.SATURDAY, Weekday.SUNDAY),
    });
    expect(wordsOf(instanceEvents(twice))).toEqual([
      { startWeekDay: 'saturday', startHour: 22, endWeekDay: 'sunday', endHour: 1 },
      { startWeekDay: 'sunday', startHour: 22, endWeekDay: 'monday', endHour: 1 },
    ]);
  });
});
