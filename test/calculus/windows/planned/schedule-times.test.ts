import fc from 'fast-check';
import { scheduleTimes, type Times } from '../../../../lib/calculus/windows/planned/schedule-times';
import { weeklyWork } from '../../../../lib/calculus/windows/planned/weekly-work';
import { cronStarts, weeklyTimes } from '../readers';
import { FROM, UNTIL, ZONES } from '../windows';

const HOUR = 3_600;
const DAY = 86_400;
const utc = (text: string): number => Date.parse(`${text}Z`) / 1_000;

function timesOf(words: Parameters<typeof scheduleTimes>[0]): Times {
  const times = scheduleTimes(words);
  if ('unknown' in times) throw new Error(times.unknown);
  return times;
}

const minute = fc.integer({ min: 0, max: 59 });
const hour = fc.integer({ min: 4, max: 23 });
const weekday = fc.constantFrom('SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT');

/** Expressions that both AWS and croner know, at times that no clock skips or shows twice. */
const expressions = fc.tuple(
  minute,
  fc.oneof(
    hour.map(String),
    fc.tuple(hour, hour).map(([one, other]) => `${one},${other}`),
  ),
  fc.oneof(
    fc.constant('* * ?'),
    fc.integer({ min: 1, max: 28 }).map((day) => `${day} * ?`),
    fc.constant('L * ?'),
    weekday.map((day) => `? * ${day}`),
    fc.tuple(weekday, fc.integer({ min: 1, max: 4 })).map(([day, nth]) => `? * ${day}#${nth}`),
    fc.integer({ min: 1, max: 7 }).map((day) => `? * ${day}L`),
    fc.tuple(weekday, fc.integer({ min: 1, max: 12 })).map(([day, month]) => `? ${month} ${day}`),
  ),
);

test.each(ZONES)('cron expressions in %s come when croner says, for a year', (timeZone) => {
  fc.assert(
    fc.property(expressions, ([minutes, hours, days]) => {
      const fields = `${minutes} ${hours} ${days}`;
      const times = timesOf({ expression: `cron(${fields} *)`, timeZone, seconds: 60 });
      const found = times(FROM, UNTIL).map(({ start }) => start);
      expect(found).toEqual([...new Set(cronStarts(fields, timeZone, FROM, UNTIL))]);
    }),
    { seed: 20_261_126, numRuns: 30 },
  );
});

describe('a schedule', () => {
  it('comes once, on the clocks of its zone', () => {
    const times = timesOf({
      expression: 'at(2027-03-28T06:00:00)',
      timeZone: 'Europe/Berlin',
      seconds: HOUR,
    });
    expect(times(FROM, UNTIL)).toEqual([{ start: utc('2027-03-28T04:00'), end: utc('2027-03-28T05:00') }]);
    expect(times(utc('2027-03-28T05:00'), UNTIL)).toEqual([]);
  });

  it('comes in the years that it names', () => {
    const times = timesOf({ expression: 'cron(0 6 1 1 ? 2027)', seconds: 60 });
    expect(times(FROM, UNTIL + 400 * DAY).map(({ start }) => start)).toEqual([utc('2027-01-01T06:00')]);
  });

  it('does not come when the clocks skip it', () => {
    const times = timesOf({ expression: 'cron(30 2 ? * SUN *)', timeZone: 'Europe/Berlin', seconds: 60 });
    const days = times(utc('2027-03-20T00:00'), utc('2027-04-05T00:00'));
    expect(days.map(({ start }) => start)).toEqual([utc('2027-03-21T01:30'), utc('2027-04-04T00:30')]);
  });

  it('comes between its own dates only', () => {
    const dates = { notBefore: utc('2027-01-02T12:00'), notAfter: utc('2027-01-04T12:00') };
    const cron = timesOf({ expression: 'cron(0 6 * * ? *)', seconds: 60, ...dates });
    expect(cron(FROM, UNTIL).map(({ start }) => start)).toEqual([
      utc('2027-01-03T06:00'),
      utc('2027-01-04T06:00'),
    ]);
    const rate = timesOf({ expression: 'rate(1 hour)', seconds: 60, ...dates });
    expect(rate(FROM, UNTIL)).toEqual([{ start: dates.notBefore, end: dates.notAfter }]);
  });

  it('comes all day where it comes more than each hour', () => {
    const times = timesOf({ expression: 'cron(0/5 * ? * SUN *)', seconds: 60 });
    const sunday = utc('2026-12-06T00:00');
    expect(times(sunday - DAY, sunday + DAY)).toEqual([{ start: sunday, end: sunday + DAY + 60 }]);
  });

  it('comes each so many days from its first one on', () => {
    const notBefore = utc('2026-12-01T06:00');
    const times = timesOf({ expression: 'rate(3 days)', seconds: HOUR, notBefore });
    expect(times(notBefore + 6 * DAY, notBefore + 10 * DAY)).toEqual([
      { start: notBefore + 6 * DAY, end: notBefore + 6 * DAY + HOUR },
      { start: notBefore + 9 * DAY, end: notBefore + 9 * DAY + HOUR },
    ]);
  });

  it.each([
    ['rate(3 days)', 'UTC', 'comes from its deployment on'],
    ['rate(0 days)', 'UTC', 'is no rate'],
    ['every day', 'UTC', 'is neither cron(…), rate(…) nor at(…)'],
    ['cron(0 6 * * *)', 'UTC', 'has 5 fields, not 6'],
    ['at(soon)', 'UTC', 'is no time'],
    ['cron(0 6 * * ? *)', 'Europe/Bonn', 'is no time zone that is known'],
  ])('is not known: %s in %s', (expression, timeZone, reason) => {
    expect(scheduleTimes({ expression, timeZone, seconds: 60 })).toEqual({
      unknown: expect.stringContaining(reason),
    });
  });
});

test('weekly windows of databases come when their grammar says, for a year', () => {
  const day = fc.constantFrom('sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat');
  const time = fc.tuple(day, hour, minute).map(([d, h, m]) => `${d}:${two(h)}:${two(m)}`);
  fc.assert(
    fc.property(time, time, (start, end) => {
      fc.pre(start !== end);
      const text = `${start}-${end}`;
      const [work] = weeklyWork('AWS::RDS::DBInstance', (path) =>
        path === 'PreferredMaintenanceWindow' ? text : undefined,
      );
      const times = work?.times;
      if (typeof times !== 'function') throw new Error(text);
      expect(times(FROM, UNTIL)).toEqual(weeklyTimes(text, FROM, UNTIL));
    }),
    { seed: 20_261_126 },
  );
});

const two = (number: number): string => String(number).padStart(2, '0');
