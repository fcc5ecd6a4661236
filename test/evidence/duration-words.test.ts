import { durationWords } from '../../lib/evidence/duration-words';

it.each([
  [0, '0 s'],
  [119, '119 s'],
  [120, '2 min'],
  [150, '150 s'],
  [4950, '82.5 min'],
  [7200, '2 h'],
  [16_200, '4 h 30 min'],
  [178 * 3600, '7 d 10 h'],
  [35 * 86_400, '35 d'],
  [Number.POSITIVE_INFINITY, 'never'],
])('%d s are %s', (seconds, words) => expect(durationWords(seconds)).toBe(words));
