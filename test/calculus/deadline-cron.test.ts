import fc from 'fast-check';
import { parseCron } from '../../lib/calculus/cron-expression';
import { deadlineCron } from '../../lib/calculus/deadline-cron';

const HOUR = 3_600;

it.each([
  ['0 2 * * ? *', 80, '20 3 * * ? *', 24 * HOUR],
  ['0 2,14 * * ? *', 30, '30 2,14 * * ? *', 12 * HOUR],
  ['30 23 * * ? *', 60, '30 0 * * ? *', 24 * HOUR],
  ['0 6,18 * * ? *', 400, '40 0,12 * * ? *', 12 * HOUR],
  ['15 4 1 * ? *', 120, '15 6 1 * ? *', 24 * HOUR],
  ['0 4 ? * MON-FRI *', 45, '45 4 ? * MON-FRI *', 24 * HOUR],
])('cron(%s) and %i minutes is cron(%s)', (due, later, fields, leastGap) =>
  expect(deadlineCron(due, later)).toEqual({ fields, leastGap }),
);

it.each([
  ['0,30 2 * * ? *', 10, /several minutes of an hour/],
  ['0 23 ? * FRI *', 90, /on the day after/],
  ['0 2 * * * *', 10, /needs a \?/],
])('cron(%s) and %i minutes cannot be written', (due, later, why) =>
  expect(deadlineCron(due, later)).toEqual({ unknown: expect.stringMatching(why) }),
);

it('fires as often, so many minutes later', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 0, max: 59 }),
      fc.integer({ min: 0, max: 1_439 }),
      (hours, minute, later) => {
        const deadline = deadlineCron(`${minute} ${hours.join(',')} * * ? *`, later);
        if ('unknown' in deadline) throw new Error(deadline.unknown);
        const read = parseCron(deadline.fields);
        if ('unknown' in read) throw new Error(read.unknown);
        const expected = hours.map((hour) => (hour * 60 + minute + later) % 1_440).sort((a, b) => a - b);
        expect(read.minutesOfDay).toEqual(expected);
      },
    ),
  );
});
