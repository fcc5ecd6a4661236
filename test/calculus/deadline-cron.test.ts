import { Cron } from 'croner';
import fc from 'fast-check';
import { deadlineCrons } from '../../lib/calculus/deadline-cron';

const HOUR = 3_600;
const MINUTE = 60_000;

it.each<readonly [string, number, readonly string[], number]>([
  ['0 2 * * ? *', 80, ['20 3 * * ? *'], 24 * HOUR],
  ['0 2,14 * * ? *', 30, ['30 2,14 * * ? *'], 12 * HOUR],
  ['30 23 * * ? *', 60, ['30 0 * * ? *'], 24 * HOUR],
  ['0 6,18 * * ? *', 400, ['40 0,12 * * ? *'], 12 * HOUR],
  ['15 4 1 * ? *', 120, ['15 6 1 * ? *'], 24 * HOUR],
  ['0 4 ? * MON-FRI *', 45, ['45 4 ? * MON-FRI *'], 24 * HOUR],
  ['0 22 ? * MON-FRI *', 180, ['0 1 ? * TUE,WED,THU,FRI,SAT *'], 24 * HOUR],
  ['0 23 ? * FRI *', 90, ['30 0 ? * SAT *'], 24 * HOUR],
  ['0 23 ? * L *', 90, ['30 0 ? * SUN *'], 24 * HOUR],
  ['0 22 1 * ? *', 180, ['0 1 2 * ? *'], 24 * HOUR],
  ['0 22 1,15 * ? *', 180, ['0 1 2,16 * ? *'], 24 * HOUR],
  ['0 22 L * ? *', 180, ['0 1 1 * ? *'], 24 * HOUR],
  ['0 22 31 12 ? *', 180, ['0 1 1 1 ? *'], 24 * HOUR],
  ['0 22 31 * ? *', 180, ['0 1 1 1,2,4,6,8,9,11 ? *'], 24 * HOUR],
  ['0 6,22 ? * MON *', 180, ['0 9 ? * MON *', '0 1 ? * TUE *'], 8 * HOUR],
  ['0,30 2 * * ? *', 10, ['10 2 * * ? *', '40 2 * * ? *'], HOUR / 2],
])('cron(%s) and %i minutes is cron(%s)', (due, later, fields, leastGap) =>
  expect(deadlineCrons(due, later)).toEqual({ fields, leastGap }),
);

it.each([
  [
    'the day after the last Friday',
    '0 23 ? * 6L *',
    90,
    /no expression says the days after those of cron\(0 23 \? \* 6L \*\)/,
  ],
  ['the day after the second Monday', '0 23 ? * MON#2 *', 90, /no expression says/],
  ['the day after the Mondays of June', '0 23 ? 6 MON *', 90, /no expression says/],
  ['the day after the 28th, of February as well', '0 23 28 * ? *', 90, /no expression says/],
  ['the day after the weekday nearest to the 15th', '0 23 15W * ? *', 90, /no expression says/],
  ['what is no expression', '0 2 * * * *', 10, /needs a \?/],
])('%s cannot be written', (_, due, later, why) =>
  expect(deadlineCrons(due, later)).toEqual({ unknown: expect.stringMatching(why) }),
);

/** When expressions fire within some years, as another reader of cron says, in minutes since 1970. */
function firesOf(crons: readonly string[], timezone: string, years: readonly [number, number]): number[] {
  const until = Date.UTC(years[1], 0, 3);
  return crons
    .flatMap((fields) => {
      // The other reader has no year, and counts weekdays from 0.
      const text = fields.replace(/ \*$/, '').replace(/\?/g, '*');
      const cron = new Cron(text, { timezone, mode: '5-part' });
      const found: number[] = [];
      let next = cron.nextRun(new Date(Date.UTC(years[0], 0, 1)));
      while (next && next.getTime() < until) {
        found.push(next.getTime() / MINUTE);
        next = cron.nextRun(next);
      }
      return found;
    })
    .sort((one, other) => one - other);
}

const CASES: readonly (readonly [string, number])[] = [
  ['0 22 ? * MON-FRI *', 180],
  ['30 21 ? * SUN,WED *', 240],
  ['0 22 1 * ? *', 180],
  ['0 22 L * ? *', 180],
  ['0 22 L 2 ? *', 180],
  ['0 22 31 * ? *', 180],
  ['0 22 1-27 * ? *', 180],
  ['15 23 15 3,6,9,12 ? *', 120],
  ['0 12 ? * MON-FRI *', 240],
];

describe.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'])('in %s', (timeZone) => {
  it.each(CASES)(
    'cron(%s) and %i minutes fires so much later by the clock, over a leap year too',
    (due, later) => {
      const deadline = deadlineCrons(due, later);
      if ('unknown' in deadline) throw new Error(deadline.unknown);
      const clock = (minute: number) =>
        Date.parse(`${new Date(minute * MINUTE).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')}Z`) /
        MINUTE;
      const expected = firesOf([due], timeZone, [2027, 2029]).map((minute) => clock(minute) + later);
      const found = firesOf(deadline.fields, timeZone, [2027, 2029]).map(clock);
      const within = (minutes: readonly number[]) =>
        minutes.filter((at) => at >= Date.UTC(2027, 0, 3) / MINUTE && at < Date.UTC(2029, 0, 2) / MINUTE);
      expect(within(found)).toEqual(within(expected));
      expect(within(found).length).toBeGreaterThan(1);
    },
  );
});

it('fires as often, so many minutes later', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 0, max: 59 }),
      fc.integer({ min: 0, max: 1_439 }),
      (hours, minute, later) => {
        const deadline = deadlineCrons(`${minute} ${hours.join(',')} * * ? *`, later);
        if ('unknown' in deadline) throw new Error(deadline.unknown);
        const expected = hours.map((hour) => (hour * 60 + minute + later) % 1_440).sort((a, b) => a - b);
        const start = Date.UTC(2027, 0, 2) / MINUTE;
        const day = firesOf(deadline.fields, 'UTC', [2027, 2027])
          .filter((at) => at >= start && at < start + 1_440)
          .map((at) => at - start);
        expect(day).toEqual(expected);
      },
    ),
    { numRuns: 50 },
  );
});
