import { counted, fraction, minutes, percent } from '../../../lib/evidence/report/figures';

describe('figures', () => {
  it.each([
    [0.1, '90.00 %'],
    [0.0005, '99.95 %'],
    [1 - 0.9999, '99.99 %'],
    [0.0000819, '99.9918 %'],
    [1e-5, '99.999 %'],
    [1.25e-9, '99.99999988 %'],
    [1, '0.00 %'],
    [0, '100 %'],
  ])('tell an availability of 1 - %s from 100 per cent', (unavailability, words) => {
    expect(percent(unavailability)).toBe(words);
  });

  it.each([
    [0, '0 min'],
    [0.0002, '< 0.001 min'],
    [0.5256, '0.526 min'],
    [52.56, '52.6 min'],
    [525_600, '525,600 min'],
  ])('tell %s minutes shortly', (value, words) => expect(minutes(value)).toBe(words));

  it.each([
    [0, '0'],
    [0.001, '0.00100'],
    [0.00012345, '0.000123'],
    [1.2e-7, '1.20e-7'],
    [1, '1.00'],
  ])('tell the fraction %s shortly', (value, words) => expect(fraction(value)).toBe(words));

  it('count things', () => {
    expect(counted(1, 'error')).toBe('1 error');
    expect(counted(12_345, 'error')).toBe('12,345 errors');
  });
});
