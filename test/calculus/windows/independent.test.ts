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
import { blockedTimes, cronMatcher, cronStarts, fiveFields, inside } from './readers';
import { everyRecurrence, FROM, startsOf, textOf, UNTIL, windowOf, wordsOf, ZONES } from './windows';

const textsOf = (moments: readonly number[]): string[] => moments.map(textOf);

/** What croner says of a cron expression of AWS. */
const croner = (fields: string, timezone: string, from = FROM): string[] =>
  textsOf(cronStarts(fields, timezone, from, UNTIL));

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
      const job = cronMatcher(cron, timezone);
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
      const job = cronMatcher(wordsOf(deploymentsOutside(night)).cron, timeZone);
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
    const until = FROM + 380 * 86_400;
    const blocked = blockedTimes(wordsOf(said), FROM, until);
    for (const { start, end } of occurrences(window, FROM, until))
      expect(blocked.some((each) => each.start <= start && end <= each.end)).toBe(true);
  });
});

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
