import fc from 'fast-check';
import { globsOverlap, matchesGlob, SEGMENT } from '../../lib/assembly/glob';

const asExpression = (pattern: string) =>
  new RegExp(`^${[...pattern].map((char) => (char === '*' ? '.*' : char)).join('')}$`);
const text = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 8 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*'), maxLength: 8 });

const flags = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 });

/** A pattern that a text matches: some of its characters are wildcards. */
const blurred = (sample: string, where: readonly boolean[]) =>
  [...sample].map((char, index) => (where[index] ? '*' : char)).join('');

describe('a pattern with wildcards', () => {
  it('matches what the same regular expression matches', () => {
    fc.assert(
      fc.property(pattern, text, (glob, other) => {
        expect(matchesGlob(glob, other)).toBe(asExpression(glob).test(other));
      }),
    );
  });

  it('stays quick where a backtracking expression would not', () => {
    expect(matchesGlob(`${'*a'.repeat(60)}b`, 'a'.repeat(4000))).toBe(false);
  });
});

describe('two patterns', () => {
  it('overlap when a text matches both', () => {
    fc.assert(
      fc.property(text, flags, flags, (sample, some, others) => {
        expect(globsOverlap(blurred(sample, some), blurred(sample, others))).toBe(true);
      }),
    );
  });

  it('overlap with a plain text exactly when they match it', () => {
    fc.assert(
      fc.property(pattern, text, (one, sample) => {
        expect(globsOverlap(one, sample)).toBe(matchesGlob(one, sample));
        expect(globsOverlap(sample, one)).toBe(matchesGlob(one, sample));
      }),
    );
  });

  it('do not overlap over a colon in a part of an ARN', () => {
    expect(globsOverlap(`db:${SEGMENT}`, '*:orders')).toBe(true);
    expect(globsOverlap(`db:${SEGMENT}`, 'cluster:*')).toBe(false);
    expect(globsOverlap(`arn:${SEGMENT}:db`, 'arn:a:b:db')).toBe(false);
    expect(globsOverlap('arn:*:db', 'arn:a:b:db')).toBe(true);
  });
});
