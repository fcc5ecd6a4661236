import { firstSkipped, forwardAfter, skippedTimes } from '../../lib/calculus/clocks-forward';
import { type CronExpression, parseCron } from '../../lib/calculus/cron-expression';

function read(fields: string): CronExpression {
  const cron = parseCron(fields);
  if ('unknown' in cron) throw new Error(cron.unknown);
  return cron;
}

it('knows which hours the clocks of a zone skip', () => {
  const berlin = skippedTimes('Europe/Berlin').map(({ from, until }) =>
    [from, until].map((at) => new Date(at * 1_000).toISOString().slice(0, 16)),
  );
  expect(berlin).toHaveLength(11);
  expect(berlin[1]).toEqual(['2027-03-28T02:00', '2027-03-28T03:00']);
  expect(skippedTimes('UTC')).toEqual([]);
  expect(skippedTimes('Asia/Tokyo')).toEqual([]);
});

it.each([
  ['30 2 * * ? *', 'Europe/Berlin', '2026-03-29T02:30'],
  ['0 2 ? * SUN *', 'America/New_York', '2026-03-08T02:00'],
  ['0 2 29 3 ? *', 'Europe/Berlin', '2026-03-29T02:00'],
  ['59 1 * * ? *', 'Europe/Berlin', undefined],
  ['0 3 * * ? *', 'Europe/Berlin', undefined],
  ['30 2 ? * MON *', 'Europe/Berlin', undefined],
  ['30 2 1 * ? *', 'Europe/Berlin', undefined],
  ['30 2 * * ? *', 'UTC', undefined],
])('cron(%s) in %s first skips %s', (fields, timeZone, first) => {
  const skipped = firstSkipped(read(fields), timeZone);
  expect(skipped && new Date(skipped * 1_000).toISOString().slice(0, 16)).toBe(first);
});

it.each([
  ['30 1 * * ? *', 29, false],
  ['30 1 * * ? *', 30, true],
  ['0 3 * * ? *', 120, false],
  ['0 23 * * ? *', 180, true],
])('the clocks may go forward after cron(%s) within %i minutes: %s', (fields, minutes, may) =>
  expect(forwardAfter(read(fields), minutes * 60, 'Europe/Berlin')).toBe(may),
);
