import fc from 'fast-check';
import { formatSeconds, Span } from '../../lib/calculus/time-span';

describe('formatSeconds', () => {
  test.each([
    [0, '0 s'],
    [90, '90 s'],
    [120, '2 min'],
    [60, '1 min'],
    [390, '6 min 30 s'],
    [5_400, '1 h 30 min'],
    [8 * 3600, '8 h'],
    [35 * 86_400, '35 d'],
    [25 * 3600, '25 h'],
    [90_060, '25 h 1 min'],
    [90_061, '25 h 1 min 1 s'],
    [4 * 86_400 + 3_661, '4 d 1 h 1 min 1 s'],
    [3_153.6, '52.6 min'],
    [25.92, '25.9 s'],
    [0.5, '0.5 s'],
    [Number.POSITIVE_INFINITY, 'unbounded'],
  ])('says %d s as %s', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });

  const SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, min: 60, s: 1 };

  test('loses nothing of a whole number of seconds', () => {
    fc.assert(
      fc.property(fc.nat(400 * 86_400), (seconds) => {
        const words = formatSeconds(seconds).split(' ');
        const read = words.reduce(
          (total, word, index) =>
            index % 2 === 0 ? total + Number(word) * SECONDS[words[index + 1]!]! : total,
          0,
        );
        expect(read).toBe(seconds);
      }),
    );
  });
});

test('a span of any unit is its length in seconds', () => {
  expect(Span.seconds(5).toSeconds()).toBe(5);
  expect(Span.minutes(2).toSeconds()).toBe(120);
  expect(Span.hours(3).toSeconds()).toBe(10_800);
  expect(Span.days(1).toSeconds()).toBe(86_400);
  expect(`${Span.hours(8)}`).toBe('8 h');
});
