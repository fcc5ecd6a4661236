import fc from 'fast-check';
import { Span } from '../../../lib/calculus/time-span';
import { type MathMask, mathMask } from '../../../lib/calculus/windows/dialects/math-mask';
import { occurrences } from '../../../lib/calculus/windows/occurrences';
import { Weekday } from '../../../lib/calculus/windows/recurrence';
import { type MaintenanceWindow, Recurrence } from '../../../lib/objectives/maintenance-window';
import { openInJavaScript } from './math-in-javascript';
import { IDS, openAt } from './open-at';
import { randomWindow } from './random-windows';
import { everyRecurrence, FROM, refusalOf, UNTIL, windowOf, wordsOf, ZONES } from './windows';

const DAY = 86_400;

/** The first and last minutes of each time, those beside them, and each seventh hour of the year. */
function minutesOf(window: MaintenanceWindow): number[] {
  const near = occurrences(window, FROM, UNTIL).flatMap(({ start, end }) => [
    start - 60,
    start,
    end - 60,
    end,
  ]);
  const far = Array.from(
    { length: Math.floor((UNTIL - FROM) / 25_200) },
    (_, index) => FROM + index * 25_200,
  );
  return [...near, ...far].filter((at) => at >= FROM && at < UNTIL).sort((one, other) => one - other);
}

function holdsFor(window: MaintenanceWindow, mask: MathMask): void {
  const minutes = minutesOf(window);
  const times = occurrences(window, FROM, UNTIL);
  let next = 0;
  const expected = minutes.map((at) => {
    while ((times[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next += 1;
    return (times[next]?.start ?? Number.POSITIVE_INFINITY) <= at ? 1 : 0;
  });
  expect(openAt(mask, minutes)).toEqual(expected);
  expect(openInJavaScript(mask, minutes)).toEqual(expected);
}

describe.each([...ZONES, 'Asia/Tokyo'])('windows in %s as conditions of metric math', (timeZone) => {
  it('are open at their times, and in no other minute', () => {
    let count = 0;
    fc.assert(
      fc.property(randomWindow(timeZone), (window) => {
        const words = mathMask(window, IDS);
        if (!('written' in words)) return;
        count += 1;
        holdsFor(window, words.written);
      }),
      { seed: 20_261_127, numRuns: 25 },
    );
    expect(count).toBeGreaterThan(8);
  });

  it('are said but for the last of a month, whatever the clocks do', () => {
    const refused = Object.entries(everyRecurrence(timeZone)).flatMap(([name, window]) => {
      const words = mathMask(window, IDS);
      if ('written' in words) holdsFor(window, words.written);
      return 'written' in words ? [] : [name];
    });
    const inAnotherDay = timeZone === 'Australia/Lord_Howe' || timeZone === 'Asia/Tokyo';
    expect(refused).toEqual([
      'each last day of a month',
      ...(inAnotherDay ? ['each second Tuesday'] : []),
      'each last Friday',
    ]);
  });

  it('are short enough for an alarm', () => {
    for (const window of Object.values(everyRecurrence(timeZone))) {
      const words = mathMask(window, { series: 'x'.repeat(20), clock: 'clock' });
      if (!('written' in words)) continue;
      expect(words.written.clock.length).toBeLessThan(900);
      expect(words.written.open.length).toBeLessThan(500);
    }
  });
});

describe('metric math refuses a window that', () => {
  const berlin = { timeZone: 'Europe/Berlin' };
  it.each([
    [
      'begins when the clocks skip it',
      { ...berlin, start: '2026-12-06T02:30' },
      'metric math reads the clock',
    ],
    [
      'lasts while the clocks change',
      { ...berlin, start: '2026-12-06T01:00', duration: Span.hours(4) },
      'would end it too early or too late',
    ],
    [
      'passes midnight in UTC on a day of each month',
      { start: '2026-12-06T23:00', recurrence: Recurrence.monthlyOnDay(6) },
      'it passes midnight in UTC',
    ],
    [
      'is on another day in UTC in summer than in winter',
      {
        timeZone: 'America/New_York',
        start: '2026-12-06T19:30',
        recurrence: Recurrence.monthlyOnDay(6),
        duration: Span.minutes(20),
      },
      'metric math knows days in UTC',
    ],
    [
      'is on the last of a weekday',
      { start: '2026-12-27T04:00', recurrence: Recurrence.monthlyOnLast(Weekday.SUNDAY) },
      'does not know the last of a month',
    ],
  ])('%s', (_, props, reason) => expect(refusalOf(mathMask(windowOf(props), IDS)).problem).toContain(reason));
});

test('the changes of the clocks are known for five years', () => {
  const window = windowOf({ timeZone: 'Europe/Berlin' });
  const mask = wordsOf(mathMask(window, IDS));
  const times = occurrences(window, FROM, FROM + 5 * 365 * DAY);
  expect(
    openAt(
      mask,
      times.map(({ start }) => start),
    ),
  ).toEqual(times.map(() => 1));
  expect(
    openAt(
      mask,
      times.map(({ end }) => end),
    ),
  ).toEqual(times.map(() => 0));
});
