import fc from 'fast-check';
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
import { openAndClose, type ScheduleText } from '../../../lib/calculus/windows/dialects/schedules';
import { sloExclusion } from '../../../lib/calculus/windows/dialects/slo-exclusion';
import {
  MaintainedService,
  weeklyMaintenance,
} from '../../../lib/calculus/windows/dialects/weekly-maintenance';
import { occurrences } from '../../../lib/calculus/windows/occurrences';
import {
  isOnOddDay,
  isPartOfHours,
  lastsThroughChange,
  passesMidnight,
  placesInUtc,
  startsOdd,
} from './justified';
import { randomWindow } from './random-windows';
import {
  blockedTimes,
  cronMatcher,
  cronStarts,
  eventTimes,
  inside,
  rangeTimes,
  scheduleStarts,
  type Time,
  weeklyTimes,
} from './readers';
import {
  beyondTheWeek,
  DAY,
  HOUR,
  holds,
  independent,
  own,
  RUNS,
  SEED,
  seconds,
  standsInUtc,
  startsOf,
  type Window,
} from './trial';
import { FROM, UNTIL, windowOf, ZONES } from './windows';

const inYear = (moments: readonly number[]): number[] => moments.filter((at) => at < UNTIL);

describe.each([...ZONES, 'Asia/Tokyo'])('windows of all kinds in %s', (timeZone) => {
  it('are one thing to ical.js and to us', () => {
    const count = holds(
      timeZone,
      (window) => changeCalendar([window], CalendarType.DEFAULT_OPEN, 'Changes'),
      (window) => expect(independent(window)).toEqual(own(window)),
      (window) => expect(own(window)).not.toEqual(independent(window)),
    );
    expect(count).toBeGreaterThan(RUNS / 2);
  });

  it('keep alarms mute at their times, as croner reads it', () => {
    const count = holds(
      timeZone,
      alarmMute,
      (window, { expression, duration, timezone }) => {
        const { lastDay: _, ...endless } = window;
        const once = expression.startsWith('at(');
        const starts = cronStarts(inside(expression), timezone, once ? FROM : seconds(first(window)), UNTIL);
        expect(starts).toEqual(startsOf(endless));
        expect(isoSeconds(duration)).toBe(window.durationSeconds);
      },
      (window) => expect(isOnOddDay(window) || startsOdd(window, independent(window))).toBe(true),
    );
    expect(count).toBeGreaterThan(RUNS / 3);
  });

  it('are opened and closed by Scheduler, as croner reads it', () => {
    const count = holds(
      timeZone,
      openAndClose,
      (window, { open, close }) => {
        expect(scheduled(open)).toEqual(startsOf(window));
        expect(scheduled(close)).toEqual(inYear(own(window).map(({ end }) => end)));
      },
      (window) => {
        const times = independent(window);
        const onNoDay = window.recurrence.every !== 'week' && passesMidnight(window, times);
        expect(startsOdd(window, times) || lastsThroughChange(window, times) || onNoDay).toBe(true);
      },
    );
    expect(count).toBeGreaterThan(RUNS / 3);
  });

  it('are maintenance windows of Systems Manager, as croner reads it', () => {
    const count = holds(
      timeZone,
      patchWindow,
      (window, { schedule, duration, ...when }) => {
        const { scheduleTimezone = 'UTC', startDate, endDate } = when;
        const text = { expression: schedule, timeZone: scheduleTimezone, ...{ startDate, endDate } };
        expect(scheduled(text as ScheduleText)).toEqual(startsOf(window));
        expect(duration * HOUR).toBe(window.durationSeconds);
      },
      (window) => {
        const hours = window.durationSeconds / HOUR;
        const noHours = !Number.isInteger(hours) || hours < 1 || hours > 24;
        expect(noHours || startsOdd(window, independent(window))).toBe(true);
      },
    );
    expect(count).toBeGreaterThan(RUNS / 8);
  });

  it('are left out of objectives by Application Signals, as croner reads it, or move in UTC', () => {
    const count = holds(
      timeZone,
      sloExclusion,
      (window, { startTime, expression, duration, durationUnit }) => {
        const starts =
          expression === undefined
            ? [seconds(startTime)]
            : scheduleStarts(expression, 'UTC', { from: seconds(startTime), until: UNTIL });
        expect(starts).toEqual(startsOf(window));
        expect(duration * (durationUnit === 'HOUR' ? HOUR : 60)).toBe(window.durationSeconds);
      },
      (window) => {
        const moved = !standsInUtc(window);
        const otherDay = new Date(seconds(first(window)) * 1_000).toISOString().slice(0, 10) !== day(window);
        const onNoDay = otherDay && window.recurrence.every !== 'week';
        expect(moved || window.lastDay !== undefined || onNoDay).toBe(true);
      },
    );
    expect(count).toBeGreaterThan(timeZone === 'UTC' ? RUNS / 3 : 2);
  });

  it('are when CodePipeline deploys, and no minute before or after', () => {
    const count = holds(
      timeZone,
      deploymentsWithin,
      (window, { cron, timeZone: zone }) => {
        const { lastDay: _, ...endless } = window;
        const allowed = cronMatcher(cron, zone);
        const times = own(endless);
        const inside = (at: number) => times.some(({ start, end }) => start <= at && at < end);
        for (const at of around(times)) expect([at, allowed(at)]).toEqual([at, inside(at)]);
      },
      (window) => {
        const times = independent(window);
        const lastMinutes = times.map(({ start, end }) => ({ start, end: end - 60 }));
        const byClock = startsOdd(window, times) || lastsThroughChange(window, times);
        const noFields = passesMidnight(window, lastMinutes) || isPartOfHours(window);
        expect(byClock || noFields || window.lastDay !== undefined).toBe(true);
      },
    );
    expect(count).toBeGreaterThan(RUNS / 10);
  });

  it('are times from which no detector learns, each as ical.js has it', () => {
    holds(
      timeZone,
      (window) => ({ written: anomalyExclusions([window], FROM, UNTIL) }),
      (window, ranges) => {
        if ('written' in changeCalendar([window], CalendarType.DEFAULT_OPEN, 'Changes'))
          expect(rangeTimes(ranges)).toEqual(independent(window));
        else expect(rangeTimes(ranges)).toEqual(own(window));
      },
      () => expect('no window').toBe('refused'),
    );
  });

  it('block practice runs of ARC while they last, and at no time of the week or day that they never have', () => {
    const count = holds(
      timeZone,
      practiceRunBlocks,
      (window, words) => {
        const times = own(window);
        const blocked = united(blockedTimes(words, FROM, UNTIL));
        for (const { start, end } of times)
          expect(blocked.some((each) => each.start <= start && end <= each.end)).toBe(true);
        for (const text of words.blockedWindows)
          expect(times.some((time) => isAmong(time, weeklyTimes(text, FROM, UNTIL)))).toBe(true);
        // Days go on to 400 from the first on, a few after the year of the test.
        const near = occurrences(window, FROM, FROM + 440 * DAY);
        for (const midnight of words.blockedDates.map((date) => seconds(`${date}T00:00:00Z`)))
          expect(near.some(({ start, end }) => start < midnight + DAY && end > midnight)).toBe(true);
      },
      (window) => expect(placesInUtc(window, independent(window))).toBeGreaterThan(15),
    );
    expect(count).toBeGreaterThan(RUNS / 3);
  });

  it.each([
    [MaintainedService.RDS, 30 * 60],
    [MaintainedService.DOCUMENT_DB, 30 * 60],
    [MaintainedService.NEPTUNE, 30 * 60],
    [MaintainedService.REDSHIFT, 30 * 60],
    [MaintainedService.ELASTICACHE, HOUR],
    [MaintainedService.MEMORY_DB, HOUR],
  ])('are weekly windows of %s, or none that it could have', (service, least) => {
    const count = holds(
      timeZone,
      (window) => weeklyMaintenance(window, service),
      (window, words) => expect(since(window, weeklyTimes(words, FROM, UNTIL))).toEqual(own(window)),
      (window) =>
        expect(beyondTheWeek(window, least, DAY) || window.recurrence.weekdays?.length !== 1).toBe(true),
    );
    expect(count > 0).toBe(!changesClocks(timeZone));
  });

  it('are event windows of instances, or none that EC2 could have', () => {
    const count = holds(
      timeZone,
      instanceEvents,
      (window, words) => expect(since(window, eventTimes(words, FROM, UNTIL))).toEqual(own(window)),
      (window) => {
        const { durationSeconds, recurrence } = window;
        const aWeek = durationSeconds * (recurrence.weekdays?.length ?? 0);
        const odd = independent(window).some(({ start, end }) => start % HOUR !== 0 || end % HOUR !== 0);
        expect(beyondTheWeek(window, 2 * HOUR, 7 * DAY) || aWeek < 4 * HOUR || odd).toBe(true);
      },
    );
    expect(count > 0).toBe(!changesClocks(timeZone));
  });

  it('are when CodePipeline does not deploy', () => {
    let count = 0;
    fc.assert(
      fc.property(randomWindow(timeZone), fc.boolean(), ({ start, recurrence, durationSeconds }, whole) => {
        const freeze = windowOf({
          timeZone,
          start: whole ? `${start.slice(0, 11)}00:00` : start,
          recurrence,
          duration: { toSeconds: () => (whole ? DAY : durationSeconds) },
        });
        const words = deploymentsOutside(freeze);
        if (!('written' in words)) {
          const wholeDays = whole && recurrence.every === 'week' && recurrence.weekdays?.length !== 7;
          expect(wholeDays && !lastsThroughChange(freeze, independent(freeze))).toBe(false);
          return;
        }
        count += 1;
        const allowed = cronMatcher(words.written.cron, words.written.timeZone);
        const times = own(freeze).slice(1);
        const frozen = (at: number) => times.some((each) => each.start <= at && at < each.end);
        for (const at of around(times)) expect([at, allowed(at)]).toEqual([at, !frozen(at)]);
      }),
      { seed: SEED, numRuns: RUNS },
    );
    expect(count).toBeGreaterThan(2);
  });
});

/** The first and last minutes of each time, the minutes beside them, and the middle. */
function around(times: readonly Time[]): number[] {
  const [first, last] = [times[0]?.start ?? 0, times.at(-1)?.end ?? 0];
  return times
    .flatMap(({ start, end }) => [start - 60, start, Math.floor((start + end) / 120) * 60, end - 60, end])
    .filter((at) => first <= at && at < last);
}

/** Times that meet, joined. */
function united(times: readonly Time[]): readonly Time[] {
  const joined: Time[] = [];
  for (const time of [...times].sort((one, other) => one.start - other.start)) {
    const last = joined.at(-1);
    if (last && time.start <= last.end)
      joined.splice(-1, 1, { start: last.start, end: Math.max(last.end, time.end) });
    else joined.push(time);
  }
  return joined;
}

/** When a schedule of its own comes within the year, from its first date on and to its last. */
function scheduled({ expression, timeZone, startDate, endDate }: ScheduleText): number[] {
  const until = endDate === undefined ? UNTIL : Math.min(UNTIL, seconds(endDate));
  return scheduleStarts(expression, timeZone, { from: seconds(startDate), until });
}

/** A service does not know when a window begins first: what came before does not count. */
function since(window: Window, times: readonly Time[]): Time[] {
  const from = own(window)[0]?.start ?? 0;
  return times.filter(({ start }) => start >= from);
}

function isAmong(time: Time, times: readonly Time[]): boolean {
  return times.some(({ start, end }) => start === time.start && end === time.end);
}

/** The first time. */
function first(window: Window): string {
  return new Date((own(window)[0]?.start ?? 0) * 1_000).toISOString();
}

const day = ({ start }: Window): string => start.slice(0, 10);

const changesClocks = (timeZone: string): boolean => !['UTC', 'Asia/Tokyo'].includes(timeZone);

/** `P1DT2H30M`, read by itself. */
function isoSeconds(text: string): number {
  const [, days = 0, hours = 0, minutes = 0] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text)?.map((part) => Number(part ?? 0)) ?? [];
  return days * DAY + hours * HOUR + minutes * 60;
}
