import fc from 'fast-check';
import { promiseMistakes } from '../../lib/objectives/promises';

const found = (slo: number, ...all: readonly number[]) =>
  promiseMistakes(
    slo,
    all.map((availability, index) => ({ name: 'abc'[index] ?? '', availability })),
    ({ name }) => `do without ${name}`,
  );

it('a promise carries an objective that is as high', () => {
  expect(found(0.9995, 0.9995)).toEqual([]);
  expect(found(0.9995)).toEqual([]);
});

it('names each promise that is too low by itself', () => {
  expect(found(0.9995, 0.995, 0.9999, 0.99)).toEqual([
    {
      problem: '99.95 % is more than a promises (99.5 %), without which the service does not work',
      fix: 'lower the objective to 99.5 % or less, or do without a',
    },
    {
      problem: '99.95 % is more than c promises (99 %), without which the service does not work',
      fix: 'lower the objective to 99 % or less, or do without c',
    },
  ]);
});

it('multiplies those that are high enough by themselves', () => {
  expect(found(0.9995, 0.9996, 0.9996, 0.9996)).toEqual([
    {
      problem:
        '99.95 % is more than is left of what it does not work without: a 99.96 % × b 99.96 % × c 99.96 % = 99.88 %',
      fix: 'lower the objective to 99.88 % or less, or do without one of them while it is down and declare it soft',
    },
  ]);
});

it('the objective that it advises can be kept', () => {
  const share = fc.integer({ min: 900_000, max: 999_999 }).map((millionths) => millionths / 1e6);
  fc.assert(
    fc.property(fc.array(share, { minLength: 2, maxLength: 3 }), (all) => {
      const slo = Math.min(...all);
      for (const { fix } of found(slo, ...all)) {
        const advised = Number(/to ([\d.]+) %/.exec(fix)?.[1]) / 100;
        expect(found(advised, ...all)).toEqual([]);
      }
    }),
  );
});
