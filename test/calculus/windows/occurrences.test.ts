import fc from 'fast-check';
import { Span } from '../../../lib/calculus/time-span';
import { mostExcludedTime } from '../../../lib/calculus/windows/excluded-time';
import { occurrences } from '../../../lib/calculus/windows/occurrences';
import { overlaps, WindowKind } from '../../../lib/calculus/windows/overlaps';
import { clockAt, clockChanges, isTimeZone, momentOf } from '../../../lib/calculus/windows/time-zone';
import { type MaintenanceWindow, Recurrence } from '../../../lib/objectives/maintenance-window';
import { everyRecurrence, FROM, textOf, UNTIL, windowOf, ZONES } from './windows';

const utc = (text: string): number => Date.parse(`${text}Z`) / 1_000;

describe('the clocks of a time zone', () => {
  it('change twice a year where they change', () => {
    const changes = (zone: string) => clockChanges(zone, utc('2027-01-01T00:00'), utc('2028-01-01T00:00'));
    expect(changes('Europe/Berlin').map(({ at, before, after }) => [textOf(at), before, after])).toEqual([
      ['2027-03-28T01:00:00.000Z', 3_600, 7_200],
      ['2027-10-31T01:00:00.000Z', 7_200, 3_600],
    ]);
    expect(changes('Australia/Lord_Howe').map(({ before, after }) => after - before)).toEqual([
      -1_800, 1_800,
    ]);
    expect(changes('UTC')).toEqual([]);
  });

  it('skip a time: the offset before the change counts', () => {
    expect(momentOf('Europe/Berlin', utc('2027-03-28T02:30'))).toEqual({
      at: utc('2027-03-28T01:30'),
      shown: 'never',
    });
  });

  it('show a time twice: the first one counts', () => {
    expect(momentOf('Europe/Berlin', utc('2027-10-31T02:30'))).toEqual({
      at: utc('2027-10-31T00:30'),
      shown: 'twice',
    });
    expect(momentOf('Australia/Lord_Howe', utc('2027-04-04T01:45'))).toEqual({
      at: utc('2027-04-03T14:45'),
      shown: 'twice',
    });
  });

  it('show each moment, and the moment is found again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: FROM, max: UNTIL }), (zone, moment) => {
        const { at, shown } = momentOf(zone, clockAt(zone, moment));
        expect(shown).not.toBe('never');
        if (shown === 'once') expect(at).toBe(moment);
        else expect(at).toBeLessThanOrEqual(moment);
      }),
      { seed: 20_261_123 },
    );
  });

  it('are of a zone that is known', () => {
    expect(['Europe/Berlin', 'UTC', 'Europe/Bonn', ''].map(isTimeZone)).toEqual([true, true, false, false]);
  });
});

describe('the times of a window', () => {
  const all = ZONES.flatMap((zone) => Object.values(everyRecurrence(zone)));

  it('are the same whether all are asked for at once or day by day', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.integer({ min: 0, max: 380 }),
        fc.integer({ min: 1, max: 20 }),
        (window, day, length) => {
          const [from, until] = [FROM + day * 86_400, FROM + (day + length) * 86_400];
          const within = occurrences(window, FROM, UNTIL).filter(
            ({ start, end }) => end > from && start < until,
          );
          expect(occurrences(window, from, until)).toEqual(within);
        },
      ),
      { seed: 20_261_123 },
    );
  });

  it('begin at one time on the clocks, and last as long as said', () => {
    for (const window of all)
      for (const { start, end } of occurrences(window, FROM, UNTIL)) {
        expect(textOf(clockAt(window.timeZone, start)).slice(11, 16)).toBe(window.start.slice(11));
        expect(end - start).toBe(window.durationSeconds);
      }
  });

  it('end with the last day', () => {
    const times = occurrences(windowOf({ lastDay: '2026-12-20' }), FROM, UNTIL);
    expect(times.map(({ start }) => textOf(start).slice(0, 10))).toEqual([
      '2026-12-06',
      '2026-12-13',
      '2026-12-20',
    ]);
  });
});

describe('two windows meet', () => {
  const drill = (props: Partial<Parameters<typeof windowOf>[0]> = {}) =>
    windowOf({ id: 'drill', kind: WindowKind.DRILL, start: '2026-12-06T05:00', ...props });
  const meetings = (...windows: readonly MaintenanceWindow[]) => overlaps(windows, FROM, UNTIL);

  it('for the time that they have in common', () => {
    // In Berlin from 3:00 to 5:00 UTC, until the clocks change.
    const [first] = meetings(windowOf({ timeZone: 'Europe/Berlin' }), drill({ start: '2026-12-06T04:30' }));
    expect([first?.one.id, first?.other.id]).toEqual(['patching', 'drill']);
    expect([first?.start, first?.end]).toEqual([utc('2026-12-06T04:30'), utc('2026-12-06T05:00')]);
  });

  it('not where one ends as the other begins', () => {
    expect(meetings(windowOf(), drill({ start: '2026-12-06T06:00' }))).toEqual([]);
  });

  it('not where they are of one kind, but for drills', () => {
    expect(meetings(windowOf(), windowOf({ id: 'more' }))).toEqual([]);
    expect(meetings(drill(), drill({ id: 'more', recurrence: Recurrence.once() }))).toHaveLength(1);
  });

  it('not where they are of different services', () => {
    expect(meetings(windowOf({ appliesTo: ['shop'] }), drill({ appliesTo: ['stock'] }))).toEqual([]);
    expect(meetings(windowOf({ appliesTo: ['shop'] }), drill()).length).toBeGreaterThan(50);
  });

  it('as a naive look at each quarter of an hour says', () => {
    fc.assert(
      fc.property(quarters('one'), quarters('other'), (one, other) => {
        const until = FROM + 130 * 86_400;
        const found = overlaps([one, other], FROM, until);
        const minutes = found.reduce((sum, { start, end }) => sum + (end - start) / 60, 0);
        expect(minutes).toBe(naiveMinutes(one, other, until));
      }),
      { seed: 20_261_123, numRuns: 30 },
    );
  });
});

/** A weekly window of whole quarters of an hour. */
function quarters(id: string): fc.Arbitrary<MaintenanceWindow> {
  return fc
    .record({
      timeZone: fc.constantFrom(...ZONES),
      quarter: fc.integer({ min: 0, max: 95 }),
      length: fc.integer({ min: 1, max: 30 }),
      kind: fc.constantFrom(...Object.values(WindowKind)),
    })
    .map(({ timeZone, quarter, length, kind }) => {
      const time = new Date(quarter * 900_000).toISOString().slice(11, 16);
      const start = `2026-12-06T${time}`;
      return windowOf({ id, kind, timeZone, start, duration: Span.minutes(15 * length) });
    });
}

function naiveMinutes(one: MaintenanceWindow, other: MaintenanceWindow, until: number): number {
  if (one.kind === other.kind && one.kind !== WindowKind.DRILL) return 0;
  return occurrences(one, FROM, until).reduce((sum, { start, end }) => {
    const moments = Array.from(
      { length: (Math.min(end, until) - start) / 900 },
      (_, index) => start + index * 900,
    );
    return sum + 15 * moments.filter((at) => occurrences(other, at, at + 1).length > 0).length;
  }, 0);
}

describe('the time that is left out of thirty days', () => {
  it('is that of the worst thirty', () => {
    const { seconds, from } = mostExcludedTime([windowOf()], FROM, UNTIL);
    // Five Sundays lie within 30 days when the first is the first day or the second.
    expect(seconds).toBe(5 * 7_200);
    expect(textOf(from).slice(0, 10)).toBe('2026-12-06');
  });

  it('counts once what two windows leave out', () => {
    const once = Recurrence.once();
    const two = [windowOf({ recurrence: once }), windowOf({ recurrence: once, start: '2026-12-06T05:00' })];
    expect(mostExcludedTime(two, FROM, UNTIL).seconds).toBe(3 * 3_600);
  });

  it('is nothing where there are no windows', () => {
    expect(mostExcludedTime([], FROM, UNTIL).seconds).toBe(0);
  });
});
