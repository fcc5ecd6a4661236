import fc from 'fast-check';
import { largestGap } from '../../lib/calculus/schedule';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

const seconds = (...expressions: string[]) => {
  const gap = largestGap(expressions);
  if ('unknown' in gap) throw new Error(gap.unknown);
  return gap.seconds;
};

describe('the largest gap', () => {
  test.each([
    ['cron(0 5 ? * * *)', DAY],
    ['cron(0 5 * * ? *)', DAY],
    ['cron(* * * * ? *)', MINUTE],
    ['cron(0/15 * * * ? *)', 15 * MINUTE],
    ['cron(*/15 * * * ? *)', 15 * MINUTE],
    ['cron(7/20 * * * ? *)', 20 * MINUTE],
    ['cron(0 */6 * * ? *)', 6 * HOUR],
    ['cron(0 8-18/2 * * ? *)', 14 * HOUR],
    ['cron(0 0,12 * * ? *)', 12 * HOUR],
    ['cron(0 10 ? * MON-FRI *)', 3 * DAY],
    ['cron(0 10 ? * 2-6 *)', 3 * DAY],
    ['cron(0 3 ? * SUN *)', 7 * DAY],
    ['cron(0 3 ? * L *)', 7 * DAY],
    ['cron(0 3 1 * ? *)', 31 * DAY],
    ['cron(0 3 L * ? *)', 31 * DAY],
    ['cron(0 3 31 * ? *)', 61 * DAY],
    ['cron(0 3 30 * ? *)', 60 * DAY],
    ['cron(0 3 1 JAN ? *)', 366 * DAY],
    ['cron(0 3 29 2 ? *)', 1461 * DAY],
    ['cron(0 3 ? * 3#2 *)', 35 * DAY],
    ['cron(0 3 ? * FRI#5 *)', 119 * DAY],
    ['cron(0 3 ? * 6L *)', 35 * DAY],
    ['cron(0 3 1W * ? *)', 33 * DAY],
    ['cron(0 3 LW * ? *)', 33 * DAY],
    ['cron(0 3 30 2 ? *)', Number.POSITIVE_INFINITY],
    ['cron(0 5 * * ? 1970-2199)', DAY],
    ['rate(1 hour)', HOUR],
    ['rate(12 hours)', 12 * HOUR],
    ['rate(5 minutes)', 5 * MINUTE],
    ['rate(7 days)', 7 * DAY],
    ['at(2030-01-01T00:00:00)', Number.POSITIVE_INFINITY],
    ['  CRON( 0  5 ? * sun-sat * ) ', DAY],
  ])('of %s is %d s', (expression, gap) => {
    expect(seconds(expression)).toBe(gap);
  });

  test('of several expressions is that of all their firings together', () => {
    expect(seconds('cron(0 0 * * ? *)', 'cron(0 12 * * ? *)')).toBe(12 * HOUR);
    expect(seconds('cron(0 5 ? * MON-FRI *)', 'cron(0 5 ? * SAT,SUN *)')).toBe(DAY);
    expect(seconds('cron(0 5 1 * ? *)', 'cron(0 5 ? * SUN *)')).toBe(7 * DAY);
  });

  test('of a rate beside a cron counts the worst phase of the rate', () => {
    expect(seconds('cron(0 5 * * ? *)', 'rate(12 hours)')).toBe(12 * HOUR);
    expect(seconds('cron(0 5 * * ? *)', 'rate(2 days)')).toBe(DAY);
  });

  test('of nothing is unbounded', () => {
    expect(seconds()).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a schedule is unknown, with the reason,', () => {
  test.each([
    ['cron(0 5 * * *)', /has 5 fields, not 6/],
    ['cron(0 5 * * * *)', /needs a \?/],
    ['cron(0 5 ? * ? *)', /needs a \?/],
    ['cron(0 5 * * ? 2027)', /some years only/],
    ['cron(0 5 31W * ? *)', /no day 31/],
    ['cron(60 5 * * ? *)', /"60" is no minutes/],
    ['cron(0 5 ? * MON-SUN *)', /"MON-SUN" is no day of week/],
    ['cron(0 22-2 * * ? *)', /"22-2" is no hours/],
    ['cron(0 5 ? * 3#1,6#3 *)', /is no day of week/],
    ['cron(0/0 5 * * ? *)', /"0\/0" is no minutes/],
    ['cron(0 5 L-3 * ? *)', /"L-3" is no day of month/],
    ['cron(0 5 ? * 8 *)', /"8" is no day of week/],
    ['rate(0 hours)', /no rate/],
    ['rate(1 week)', /no rate/],
    ['every day', /neither cron/],
    ['', /neither cron/],
  ])('when it is %s', (expression, reason) => {
    const gap = largestGap([expression]);
    expect(gap).toEqual({ unknown: expect.stringMatching(reason), atMostSeconds: Number.POSITIVE_INFINITY });
  });

  test('when one of several is not understood, bounded by those that are', () => {
    expect(largestGap(['cron(0 5 ? * * *)', 'tomorrow'])).toEqual({
      unknown: expect.stringContaining('tomorrow'),
      atMostSeconds: DAY,
    });
  });
});

describe('in a time zone', () => {
  test('without summer time the gap is the same', () => {
    expect(largestGap(['cron(0 1 ? * * *)'], 'Asia/Tokyo')).toEqual({ seconds: DAY });
    expect(largestGap(['cron(0 1 ? * * *)'], 'Etc/UTC')).toEqual({ seconds: DAY });
  });

  test('with summer time the gap is an hour longer', () => {
    expect(largestGap(['cron(0 5 ? * * *)'], 'Europe/Dublin')).toEqual({ seconds: 25 * HOUR });
  });

  test('with summer time a firing in the small hours may be skipped', () => {
    const gap = largestGap(['cron(30 2 ? * * *)'], 'Europe/Paris');
    expect(gap).toHaveProperty('unknown', expect.stringContaining('may be skipped'));
  });

  test('that does not exist the gap is unknown', () => {
    expect(largestGap(['cron(0 5 ? * * *)'], 'Europe/Atlantis')).toHaveProperty('unknown');
  });
});

/** The same, done naively: walk through 28 years and a bit, minute by minute in each hour that fires. */
interface Naive {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly fires: (date: Date) => boolean;
}

function naiveGapSeconds(schedules: readonly Naive[]): number {
  const last = Date.UTC(2030, 0, 1);
  let previous: number | undefined;
  let largest = 0;
  for (let day = Date.UTC(2001, 0, 1); day < last; day += DAY * 1000) {
    const today = schedules.filter((schedule) => schedule.fires(new Date(day)));
    for (let hour = 0; hour < 24; hour++) {
      const thisHour = today.filter((each) => each.hours.includes(hour));
      for (let minute = 0; thisHour.length > 0 && minute < 60; minute++) {
        if (!thisHour.some((each) => each.minutes.includes(minute))) continue;
        const now = day / 1000 + hour * HOUR + minute * MINUTE;
        largest = Math.max(largest, now - (previous ?? now));
        previous = now;
      }
    }
  }
  return largest;
}

const some = (from: number, to: number) =>
  fc.uniqueArray(fc.integer({ min: from, max: to }), { minLength: 1, maxLength: 3 });

const lastDay = (date: Date) =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();

const dayFields = fc.oneof(
  fc.constant({ text: ['*', '?'], fires: () => true }),
  fc.constant({ text: ['L', '?'], fires: (date: Date) => date.getUTCDate() === lastDay(date) }),
  some(1, 31).map((days) => ({
    text: [days.join(), '?'],
    fires: (date: Date) => days.includes(date.getUTCDate()),
  })),
  some(1, 7).map((days) => ({
    text: ['?', days.join()],
    fires: (date: Date) => days.includes(date.getUTCDay() + 1),
  })),
  fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 4 })).map(([day, nth]) => ({
    text: ['?', `${day}#${nth}`],
    fires: (date: Date) =>
      date.getUTCDay() + 1 === day && date.getUTCDate() > (nth - 1) * 7 && date.getUTCDate() <= nth * 7,
  })),
  fc.integer({ min: 1, max: 7 }).map((day) => ({
    text: ['?', `${day}L`],
    fires: (date: Date) => date.getUTCDay() + 1 === day && date.getUTCDate() + 7 > lastDay(date),
  })),
);

const months = fc.oneof(
  fc.constant({ text: '*', includes: () => true }),
  some(1, 12).map((list) => ({ text: list.join(), includes: (month: number) => list.includes(month) })),
);

const cron = fc
  .tuple(some(0, 59), some(0, 23), dayFields, months)
  .map(([minutes, hours, { text, fires }, month]) => ({
    text: `cron(${minutes.join()} ${hours.join()} ${text[0]} ${month.text} ${text[1]} *)`,
    minutes,
    hours,
    fires: (date: Date) => fires(date) && month.includes(date.getUTCMonth() + 1),
  }))
  // A day that a month never has fires never; the walk would call that a gap of 0.
  .filter(({ fires }) => [2004, 2005].some((year) => yearDays(year).some(fires)));

function yearDays(year: number): Date[] {
  return Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(year, 0, 1 + index)));
}

test('agrees with walking through the calendar minute by minute', () => {
  fc.assert(
    fc.property(fc.array(cron, { minLength: 1, maxLength: 3 }), (crons) => {
      expect(seconds(...crons.map((each) => each.text))).toBe(naiveGapSeconds(crons));
    }),
    { numRuns: 40 },
  );
});

test('one more expression never makes the gap larger, and their order does not matter', () => {
  fc.assert(
    fc.property(fc.array(cron, { minLength: 1, maxLength: 3 }), cron, (crons, more) => {
      const texts = crons.map((each) => each.text);
      const together = seconds(...texts, more.text);
      expect(together).toBeLessThanOrEqual(seconds(...texts));
      expect(seconds(more.text, ...texts.reverse())).toBe(together);
    }),
    { numRuns: 40 },
  );
});
