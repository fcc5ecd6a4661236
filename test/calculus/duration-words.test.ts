import fc from 'fast-check';
import { durationWords } from '../../lib/calculus/duration-words';

it.each([
  [0, '0 s'],
  [0.5, '0.5 s'],
  [25.92, '26 s'],
  [119, '119 s'],
  [120, '2 min'],
  [120.2, '2 min 1 s'],
  [500, '8 min 20 s'],
  [2970, '49 min 30 s'],
  [3600, '1 h'],
  [4950, '1 h 22 min 30 s'],
  [7200, '2 h'],
  [16_200, '4 h 30 min'],
  [48 * 3600, '48 h'],
  [178 * 3600, '7 d 10 h'],
  [178 * 3600 + 1, '7 d 10 h 1 s'],
  [35 * 86_400, '35 d'],
  [Number.POSITIVE_INFINITY, 'never'],
])('%d s are %s', (seconds, words) => expect(durationWords(seconds)).toBe(words));

const SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, min: 60, s: 1 };

function read(words: string): number {
  return [...words.matchAll(/([\d.]+) (\w+)/g)].reduce(
    (total, [, count, unit = '']) => total + Number(count) * (SECONDS[unit] ?? Number.NaN),
    0,
  );
}

it('loses nothing of a whole number of seconds, so that terms add up to their sum', () => {
  fc.assert(fc.property(fc.nat(400 * 86_400), (seconds) => read(durationWords(seconds)) === seconds));
});

it('is never less than the span is', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 400 * 86_400, noNaN: true }),
      (seconds) => read(durationWords(seconds)) > seconds - 1e-5,
    ),
  );
});
