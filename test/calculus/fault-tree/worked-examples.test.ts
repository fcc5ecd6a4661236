import type { FaultTree } from '../../../lib/calculus/fault-tree/fault-tree';
import { quantify } from '../../../lib/calculus/fault-tree/quantify';
import { and, atLeast, or, treeOf } from './support';

/** Availability of things in a row, or side by side, in percent. */
function percent(tree: FaultTree): number {
  return 100 * (1 - quantify(tree).probability);
}

function joined(join: typeof and, ...percents: readonly number[]): FaultTree {
  const events = Object.fromEntries(percents.map((value, index) => [`e${index}`, (100 - value) / 100]));
  return treeOf({ top: join(...Object.keys(events)) }, events);
}

const serial = (...percents: readonly number[]) => percent(joined(or, ...percents));
const parallel = (...percents: readonly number[]) => percent(joined(and, ...percents));

/** Published numbers and, where it is stated, the exact value. */
describe('worked examples', () => {
  it.each([
    ['W1: a system with two hard dependencies', serial(99.99, 99.99, 99.99), 99.970003, 8],
    ['W2: two at 99.9 side by side', parallel(99.9, 99.9), 99.9999, 10],
    ['W3: two at 99 side by side', parallel(99, 99), 99.99, 10],
    ['W4: web and SQL', serial(99.95, 99.99), 99.940005, 8],
    ['W5: a database or a queue', parallel(99.99, 99.9), 99.99999, 10],
    ['W6: web, and W5', serial(99.95, 99.99999), 99.94999, 5],
    ['W7: Contoso', serial(99.98, 99.95, 99.8, 99.99), 99.720177, 6],
    [
      'W7: Contoso with four more parts',
      serial(99.98, 99.95, 99.8, 99.99, 99.99, 99.99, 99.99, 99.99),
      99.680295,
      6,
    ],
    ['W8: Contoso with code and operations', serial(99.68, 99.86, 99.95, 99.95), 99.440932, 6],
    ['W9: two regions', parallel(99.84, 99.84), 99.999744, 8],
    ['W10: the ceiling of two dependencies', serial(99.95, 99.9), 99.85005, 8],
  ])('%s', (_, computed, exact, digits) => expect(computed).toBeCloseTo(exact, digits));

  it.each([
    [0.1, 0.97848],
    [0.01, 0.9997980498],
    [0.5, 0.5],
  ])('W25: the bridge network at q = %d', (q, available) => {
    const bridge = treeOf(
      {
        top: or('p1', 'p2', 'p3', 'p4'),
        p1: and('a', 'b'),
        p2: and('d', 'e'),
        p3: and('a', 'c', 'e'),
        p4: and('b', 'c', 'd'),
      },
      { a: q, b: q, c: q, d: q, e: q },
    );
    expect(1 - quantify(bridge).probability).toBeCloseTo(available, 10);
    expect(quantify(bridge).cutSets.byOrder).toEqual([0, 0, 2, 2]);
  });

  it('W26: counts what two dependencies share once', () => {
    const diamond = treeOf(
      { top: or('a', 'b-fails', 'c-fails'), 'b-fails': or('b', 'd'), 'c-fails': or('c', 'd') },
      { a: 0.001, b: 0.001, c: 0.001, d: 0.001 },
    );
    expect(percent(diamond)).toBeCloseTo(99.6005996001, 9);
  });

  it('W27: does not take two that need the same for redundant', () => {
    const tree = treeOf(
      {
        top: or('a', 'both'),
        both: and('b-fails', 'c-fails'),
        'b-fails': or('b', 'd'),
        'c-fails': or('c', 'd'),
      },
      { a: 0.001, b: 0.001, c: 0.001, d: 0.001 },
    );
    expect(percent(tree)).toBeCloseTo(99.8, 6);
    expect(quantify(tree).cutSets.listed).toEqual([['a'], ['d'], ['b', 'c']]);
  });

  it('W28: three of four at 99 %', () => {
    const tree = treeOf({ top: atLeast(2, 'a', 'b', 'c', 'd') }, { a: 0.01, b: 0.01, c: 0.01, d: 0.01 });
    expect(percent(tree)).toBeCloseTo(99.940797, 6);
  });

  it('W29: two tasks in two zones, or in one', () => {
    const events = { az1: 1e-4, az2: 1e-4, t1: 5e-3, t2: 5e-3 };
    const two = treeOf({ top: and('1', '2'), 1: or('az1', 't1'), 2: or('az2', 't2') }, events);
    const one = treeOf({ top: and('1', '2'), 1: or('az1', 't1'), 2: or('az1', 't2') }, events);
    expect(quantify(two).probability).toBeCloseTo(2.60049e-5, 11);
    expect(quantify(one).probability).toBeCloseTo(1.249975e-4, 10);
  });

  it.each([
    ['6 tasks in 2 zones need 4', 2, 2.02e-4, 2.62e-6],
    ['6 tasks in 3 zones need 4', 3, undefined, 2.62e-6],
  ])('sharing a zone matters: %s', (_, zones, exact, naive) => {
    const tasks = Array.from({ length: 6 }, (__, index) => index);
    const gates = Object.fromEntries(tasks.map((task) => [`f${task}`, or(`az${task % zones}`, `t${task}`)]));
    const events = Object.fromEntries([
      ...tasks.map((task) => [`t${task}`, 5e-3]),
      ...tasks.slice(0, zones).map((zone) => [`az${zone}`, 1e-4]),
    ]);
    const { probability } = quantify(treeOf({ top: atLeast(3, ...Object.keys(gates)), ...gates }, events));
    if (exact !== undefined) expect(probability / exact).toBeCloseTo(1, 2);
    expect(probability / naive).toBeGreaterThan(3);
  });
});
