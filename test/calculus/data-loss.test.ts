import fc from 'fast-check';
import { AWS_FACTS } from '../../lib/calculus/aws-facts';
import {
  backupDataLoss,
  leastDataLoss,
  pointInTimeDataLoss,
  replicaDataLoss,
  UNRECOVERABLE,
} from '../../lib/calculus/data-loss';

const HOUR = 3600;

test('a daily plan with the default start window loses more than a day', () => {
  const loss = backupDataLoss({
    intervalSeconds: 24 * HOUR,
    startWindowSeconds: AWS_FACTS.backupDefaultStartWindowSeconds.value,
    durationSeconds: HOUR,
  });
  expect(loss.seconds).toBe(33 * HOUR);
  expect(loss.terms.map((term) => term.what)).toEqual(['interval', 'start window', 'duration']);
});

test('the copy counts, and the parts add up', () => {
  const seconds = fc.nat(100_000);
  fc.assert(
    fc.property(seconds, seconds, seconds, seconds, (interval, window, duration, copy) => {
      const loss = backupDataLoss({
        intervalSeconds: interval,
        startWindowSeconds: window,
        durationSeconds: duration,
        copySeconds: copy,
      });
      expect(loss.seconds).toBe(interval + window + duration + copy);
      expect(loss.terms.reduce((total, term) => total + term.seconds, 0)).toBe(loss.seconds);
    }),
  );
});

test('agrees with a simulation of backups that start late', () => {
  const whole = (max: number) => fc.nat(max);
  fc.assert(
    fc.property(
      whole(20),
      whole(20),
      whole(20),
      fc.array(whole(20), { minLength: 3 }),
      (gap, window, work, late) => {
        const interval = gap + 1;
        const starts = late.map((delay, index) => index * interval + Math.min(delay, window));
        const losses = starts.slice(1).map((start, index) => start + work - starts[index]!);
        const worst = backupDataLoss({
          intervalSeconds: interval,
          startWindowSeconds: window,
          durationSeconds: work,
        });
        expect(Math.max(...losses)).toBeLessThanOrEqual(worst.seconds);
      },
    ),
  );
});

test('point-in-time recovery of the databases loses five minutes', () => {
  expect(pointInTimeDataLoss(AWS_FACTS.rdsPointInTimeLagSeconds.value).seconds).toBe(300);
});

test('data comes back from the best source that is left, and not at all without one', () => {
  const daily = backupDataLoss({
    intervalSeconds: 24 * HOUR,
    startWindowSeconds: HOUR,
    durationSeconds: HOUR,
  });
  expect(leastDataLoss([daily, replicaDataLoss(5), pointInTimeDataLoss(300)]).seconds).toBe(5);
  expect(leastDataLoss([replicaDataLoss(0)]).seconds).toBe(0);
  expect(leastDataLoss([])).toBe(UNRECOVERABLE);
});
