import fc from 'fast-check';
import { percentile } from '../../lib/calculus/percentile';

describe('a percentile', () => {
  it.each([
    [[5], 50, 5],
    [[1, 2, 3, 4], 50, 2],
    [[4, 3, 2, 1], 90, 4],
    [[10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 90, 90],
    [[1, 2], 0, 1],
    [[1, 2], 100, 2],
  ])('of %j at %i is %i', (samples, percent, value) => expect(percentile(samples, percent)).toBe(value));

  it('of nothing is nothing', () => expect(percentile([], 50)).toBeUndefined());

  it('is a sample that so many do not exceed', () => {
    const samples = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1 });
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 100 }), (all, percent) => {
        const value = percentile(all, percent) ?? Number.NaN;
        expect(all).toContain(value);
        const below = all.filter((each) => each <= value).length / all.length;
        const under = all.filter((each) => each < value).length / all.length;
        expect(below).toBeGreaterThanOrEqual(percent / 100);
        expect(under).toBeLessThan(percent / 100);
      }),
    );
  });
});
