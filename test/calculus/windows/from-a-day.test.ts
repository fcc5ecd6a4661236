import { Span } from '../../../lib/calculus/time-span';
import { mathMask } from '../../../lib/calculus/windows/dialects/math-mask';
import { practiceRunBlocks } from '../../../lib/calculus/windows/dialects/practice-runs';
import { occurrences, startingFrom } from '../../../lib/calculus/windows/occurrences';
import { Weekday } from '../../../lib/calculus/windows/recurrence';
import { type MaintenanceWindow, Recurrence } from '../../../lib/objectives/maintenance-window';
import { IDS, openAt } from './open-at';
import { windowOf, wordsOf, ZONES } from './windows';

const MONTHLY = { start: '2024-01-15T04:00', recurrence: Recurrence.monthlyOnDay(15) };

/** Windows that began long ago. */
const OLD: Readonly<Record<string, (timeZone: string) => MaintenanceWindow>> = {
  weekly: (timeZone) => windowOf({ timeZone, start: '2019-01-06T04:00' }),
  'two days a week': (timeZone) =>
    windowOf({
      timeZone,
      start: '2019-01-02T04:00',
      recurrence: Recurrence.weekly(Weekday.WEDNESDAY, Weekday.FRIDAY),
    }),
  monthly: (timeZone) => windowOf({ timeZone, ...MONTHLY }),
  'each second Tuesday': (timeZone) =>
    windowOf({
      timeZone,
      start: '2020-01-14T04:00',
      recurrence: Recurrence.monthlyOn(2, Weekday.TUESDAY),
    }),
  yearly: (timeZone) =>
    windowOf({
      timeZone,
      start: '2019-12-24T04:00',
      recurrence: Recurrence.yearly(),
      duration: Span.hours(3),
    }),
};

describe.each(Object.entries(OLD))('a %s window of old, from a day on', (_, made) => {
  it.each(ZONES)('comes in %s as it does without', (timeZone) => {
    const window = made(timeZone);
    const seen = startingFrom(window, '2026-11-23');
    const [from, until] = [Date.UTC(2026, 10, 24) / 1_000, Date.UTC(2029, 0) / 1_000];
    expect(seen && occurrences(seen, from, until)).toEqual(occurrences(window, from, until));
    expect((seen?.start ?? '') >= '2026-11-23').toBe(true);
  });

  it.each(ZONES)(
    'is open in metric math in %s at the times of the next years, and was before',
    (timeZone) => {
      const window = made(timeZone);
      const words = mathMask(window, IDS, '2026-11-23');
      if (!('written' in words)) return expect(words.problem).toMatch(/knows days in UTC|passes midnight/);
      const times = occurrences(window, Date.UTC(2026, 6) / 1_000, Date.UTC(2031, 10) / 1_000);
      const minutes = times.flatMap(({ start, end }) => [start - 60, start, end - 60, end]);
      expect(openAt(words.written, minutes)).toEqual(times.flatMap(() => [0, 1, 1, 0]));
    },
  );
});

describe('a window from a day on', () => {
  it('is itself where it has not come yet', () => {
    const window = windowOf();
    expect(startingFrom(window, '2026-11-23')).toBe(window);
  });

  it.each([
    ['once', { recurrence: Recurrence.once() }],
    ['until a day', { lastDay: '2026-12-27' }],
  ])('is none where it came for the last time: %s', (_, props) =>
    expect(startingFrom(windowOf(props), '2027-01-01')).toBeUndefined(),
  );

  it('still comes on its last day', () =>
    expect(startingFrom(windowOf({ lastDay: '2026-12-27' }), '2026-12-27')?.start).toBe('2026-12-27T04:00'));

  it('blocks the days of ARC that are to come', () => {
    const { blockedDates } = wordsOf(practiceRunBlocks(windowOf(MONTHLY), '2026-11-23'));
    expect([blockedDates[0], blockedDates.at(-1)]).toEqual(['2026-12-15', '2028-01-15']);
    expect(wordsOf(practiceRunBlocks(windowOf(MONTHLY))).blockedDates.at(-1)).toBe('2025-02-15');
    const over = windowOf({ ...MONTHLY, recurrence: Recurrence.once() });
    expect(wordsOf(practiceRunBlocks(over, '2026-11-23'))).toEqual({ blockedWindows: [], blockedDates: [] });
  });

  it('has the clocks of five years from then on', () => {
    const window = windowOf({ timeZone: 'Europe/Berlin', start: '2019-01-06T04:00' });
    const next = occurrences(window, Date.UTC(2026, 10, 23) / 1_000, Date.UTC(2027, 11) / 1_000).slice(0, 50);
    const wrong = (from?: string) =>
      openAt(
        wordsOf(mathMask(window, IDS, from)),
        next.map(({ start }) => start),
      ).filter((open) => open !== 1);
    expect(wrong().length).toBeGreaterThan(20);
    expect(wrong('2026-11-23')).toEqual([]);
  });
});
