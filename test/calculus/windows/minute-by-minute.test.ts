import { Span } from '../../../lib/calculus/time-span';
import { instanceEvents } from '../../../lib/calculus/windows/dialects/instance-events';
import { practiceRunBlocks } from '../../../lib/calculus/windows/dialects/practice-runs';
import {
  MaintainedService,
  weeklyMaintenance,
} from '../../../lib/calculus/windows/dialects/weekly-maintenance';
import { Weekday } from '../../../lib/calculus/windows/recurrence';
import { type MaintenanceWindow, Recurrence } from '../../../lib/objectives/maintenance-window';
import { clocksOf, type Day, type Edge, type Minute, openAmong } from './minutes';
import { everyRecurrence, FROM, refusalOf, UNTIL, windowOf, wordsOf, ZONES } from './windows';

/**
 * Each minute of a year is asked by itself: do the clocks of the zone show that the window is open, and do those of UTC show that
 * what was written is? Nothing is reckoned: the clocks are those of Intl, and a window opens and closes at what they show.
 */

/** A window, and the days on which it begins by the calendar on the wall. */
interface Shown {
  readonly window: MaintenanceWindow;
  readonly begins: (day: Day) => boolean;
  readonly opens: string;
  readonly closes: string;
}

const UTC = clocksOf('UTC', FROM, UNTIL);
const WITH_CHANGES = ZONES.filter((zone) => zone !== 'UTC');
const WITHOUT_CHANGES = ['UTC', 'Asia/Tokyo', 'Asia/Kolkata'];

/** Two hours over midnight in UTC, on no day on which clocks change. */
const OVER_MIDNIGHT: Readonly<Record<string, readonly [opens: string, closes: string]>> = {
  'Europe/Berlin': ['00:30', '02:30'],
  'America/New_York': ['18:00', '20:00'],
  'Australia/Lord_Howe': ['09:30', '11:30'],
  UTC: ['23:00', '01:00'],
};

const dayOf = ({ date }: Day): number => Number(date.slice(8));
const monthAfter = ({ date }: Day, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 7);
const isOn =
  (...weekdays: string[]) =>
  ({ weekday }: Day) =>
    weekdays.includes(weekday);

function shownIn(timeZone: string): readonly (readonly [string, Shown])[] {
  const windows = everyRecurrence(timeZone);
  const named = (name: string, begins: Shown['begins'], opens = '06:00', closes = '08:00') =>
    [name, { window: windows[name] as MaintenanceWindow, begins, opens, closes }] as const;
  const [opens = '', closes = ''] = OVER_MIDNIGHT[timeZone] ?? [];
  const over = (day: string, recurrence: MaintenanceWindow['recurrence'], begins: Shown['begins']) =>
    [
      `over midnight in UTC, ${day}`,
      { window: windowOf({ timeZone, start: `${day}T${opens}`, recurrence }), begins, opens, closes },
    ] as const;
  return [
    named('each Sunday', isOn('Sun'), '04:00', '06:00'),
    named('two days a week', isOn('Wed', 'Sun'), '20:30', '22:30'),
    named('each day', () => true, '05:15', '07:15'),
    named('each 15th', (day) => dayOf(day) === 15),
    named('each last day of a month', (day) => monthAfter(day, 1) !== monthAfter(day, 0)),
    named('each second Tuesday', (day) => isOn('Tue')(day) && Math.ceil(dayOf(day) / 7) === 2),
    named('each last Friday', (day) => isOn('Fri')(day) && monthAfter(day, 7) !== monthAfter(day, 0)),
    named('each year', ({ date }) => date.endsWith('-12-24')),
    named('once', ({ date }) => date === '2027-03-28'),
    over('2026-12-07', Recurrence.weekly(Weekday.MONDAY), isOn('Mon')),
    over('2026-12-15', Recurrence.yearly(), ({ date }) => date.endsWith('-12-15')),
  ];
}

/** The minutes of UTC in which a window is open, as the clocks of its zone show it. */
function openMinutes({ window, begins, opens, closes }: Shown, wall: readonly Minute[]): readonly boolean[] {
  const first = window.start.slice(0, 10);
  return openAmong(
    wall,
    { clock: opens, on: (day) => day.date >= first && begins(day) },
    { clock: closes, on: () => true },
  );
}

/** The minutes in which one of some stretches of the week is open: `sun:02:00-sun:04:00`. */
function weeklyMinutes(texts: readonly string[]): readonly boolean[] {
  const each = texts.map((text) => {
    const [from = '', to = ''] = text.split('-');
    return openAmong(UTC, edge(from), edge(to));
  });
  return UTC.map((_, index) => each.some((open) => open[index]));
}

/** `sun:02:00` */
function edge(text: string): Edge {
  const [, day = '', clock = ''] = /^([A-Za-z]{3}):(\d\d:\d\d)$/.exec(text) ?? [];
  expect(day.toLowerCase()).toMatch(/^(mon|tue|wed|thu|fri|sat|sun)$/);
  return { clock, on: ({ weekday }) => weekday.toLowerCase() === day.toLowerCase() };
}

const weekOf = (open: readonly boolean[]): string[] =>
  [...new Set(UTC.flatMap(({ day, clock }, index) => (open[index] ? `${day.weekday} ${clock}` : [])))].sort();
const daysOf = (open: readonly boolean[]): string[] =>
  [...new Set(UTC.flatMap(({ day }, index) => (open[index] ? day.date : [])))].sort();

/** What is open from the first time of a window on, as a service does not know when that is. */
function expectSame(written: readonly boolean[], open: readonly boolean[]): void {
  const first = open.indexOf(true);
  expect(first).toBeGreaterThan(0);
  const differs = UTC.filter((_, index) => index >= first && written[index] !== open[index]);
  expect(differs).toEqual([]);
}

describe.each(ZONES)('practice runs of ARC in %s', (timeZone) => {
  const wall = clocksOf(timeZone, FROM, UNTIL);

  test.each(shownIn(timeZone))(
    'are blocked at all times of the week or on all days, and no others: %s',
    (_, shown) => {
      const { blockedWindows, blockedDates } = wordsOf(practiceRunBlocks(shown.window));
      const open = openMinutes(shown, wall);
      expect(open).toContain(true);
      if (shown.window.recurrence.every === 'week') {
        expect(blockedDates).toEqual([]);
        expect(weekOf(weeklyMinutes(blockedWindows))).toEqual(weekOf(open));
      } else {
        expect(blockedWindows).toEqual([]);
        expect(blockedDates.filter((date) => date < '2028-01-01')).toEqual(daysOf(open));
      }
    },
  );
});

const SERVICES = Object.values(MaintainedService);

describe.each(WITHOUT_CHANGES)('weekly windows in %s', (timeZone) => {
  const wall = clocksOf(timeZone, FROM, UNTIL);
  const weekly = (start: string, hours: number, day: Weekday) =>
    windowOf({ timeZone, start, duration: Span.hours(hours), recurrence: Recurrence.weekly(day) });
  const { SUNDAY, SATURDAY, MONDAY } = Weekday;
  const shown: readonly Shown[] = [
    { window: weekly('2026-12-06T04:00', 2, SUNDAY), begins: isOn('Sun'), opens: '04:00', closes: '06:00' },
    { window: weekly('2026-12-05T23:30', 2, SATURDAY), begins: isOn('Sat'), opens: '23:30', closes: '01:30' },
    { window: weekly('2026-12-07T07:45', 5, MONDAY), begins: isOn('Mon'), opens: '07:45', closes: '12:45' },
    { window: weekly('2026-12-06T05:00', 24, SUNDAY), begins: isOn('Sun'), opens: '05:00', closes: '05:00' },
  ];

  test('there are six services', () => expect(SERVICES).toHaveLength(6));

  test.each(SERVICES)('are those of %s in every minute', (service) => {
    for (const each of shown) {
      const text = wordsOf(weeklyMaintenance(each.window, service));
      expectSame(weeklyMinutes([text]), openMinutes(each, wall));
    }
  });
});

describe.each(WITH_CHANGES)('weekly windows in %s', (timeZone) => {
  test.each(SERVICES)('are none that %s could have', (service) => {
    const sunday = windowOf({ timeZone });
    expect(refusalOf(weeklyMaintenance(sunday, service)).problem).toMatch(
      new RegExp(
        `^${service} knows UTC only, and 04:00 in ${timeZone} is \\d\\d:\\d\\d UTC at first and \\d\\d:\\d\\d from`,
      ),
    );
  });

  test('are none that EC2 could have', () => {
    const night = windowOf({ timeZone, duration: Span.hours(4) });
    expect(refusalOf(instanceEvents(night)).problem).toContain('EC2 knows UTC only, and 04:00 in');
  });
});

describe.each(['UTC', 'Asia/Tokyo'])('event windows of instances in %s', (timeZone) => {
  const wall = clocksOf(timeZone, FROM, UNTIL);
  const { SUNDAY, SATURDAY, WEDNESDAY } = Weekday;
  const events = (start: string, hours: number, ...days: Weekday[]) =>
    windowOf({ timeZone, start, duration: Span.hours(hours), recurrence: Recurrence.weekly(...days) });
  const shown: readonly Shown[] = [
    {
      window: events('2026-12-02T22:00', 3, WEDNESDAY, SUNDAY),
      begins: isOn('Wed', 'Sun'),
      opens: '22:00',
      closes: '01:00',
    },
    {
      window: events('2026-12-05T07:00', 4, SATURDAY),
      begins: isOn('Sat'),
      opens: '07:00',
      closes: '11:00',
    },
  ];

  test.each(shown)('are open in the same minutes: from $opens to $closes', (each) => {
    const texts = wordsOf(instanceEvents(each.window)).map(
      ({ startWeekDay, startHour, endWeekDay, endHour }) =>
        `${startWeekDay.slice(0, 3)}:${String(startHour).padStart(2, '0')}:00-${endWeekDay.slice(0, 3)}:${String(endHour).padStart(2, '0')}:00`,
    );
    expectSame(weeklyMinutes(texts), openMinutes(each, wall));
  });
});
