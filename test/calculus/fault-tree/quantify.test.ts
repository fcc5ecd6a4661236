import fc from 'fast-check';
import { compileFaultTree, probabilityGiven } from '../../../lib/calculus/fault-tree/compiled-tree';
import type { FaultTree } from '../../../lib/calculus/fault-tree/fault-tree';
import { quantify } from '../../../lib/calculus/fault-tree/quantify';
import { cutSetsByTable, happens, probabilityByTable, simulate } from './definition';
import { lots, randomTree } from './random-trees';
import { and, atLeast, not, or, treeOf } from './support';

const SEED = 20261123;

/** Small trees of all kinds; a failing one is shrunk to fewer events. */
const trees = (negation: number) =>
  fc
    .record({
      events: fc.integer({ min: 1, max: 10 }),
      seed: fc.integer(),
      sharing: fc.double({ min: 0, max: 0.6, noNaN: true }),
    })
    .map((options) => randomTree({ ...options, negation }));

const coherent = trees(0);
const anyTree = fc.oneof(coherent, trees(0.3));

function holds<T>(from: fc.Arbitrary<T>, law: (value: T) => void, numRuns = 300): void {
  fc.assert(fc.property(from, law), { seed: SEED, numRuns });
}

/** Equal but for rounding. */
function expectClose(found: number, expected: number, digits = 11): void {
  if (found === expected) return;
  expect(Math.abs(found - expected) / Math.max(Math.abs(expected), 1e-30)).toBeLessThan(10 ** -digits);
}

describe('a fault tree', () => {
  it('has the probability of its truth table, with not gates, too', () => {
    holds(anyTree, (tree) => expectClose(quantify(tree).probability, probabilityByTable(tree)));
  });

  it('has the importance that its truth table gives', () => {
    holds(anyTree, expectImportance, 100);
  });

  it('has the cut sets of its truth table, when it is coherent', () => {
    holds(coherent, (tree) => {
      const expected = cutSetsByTable(tree);
      const { cutSets } = quantify(tree, { maxListed: 10_000 });
      expect(cutSets.listed).toEqual(expected);
      expect(cutSets.complete).toBe(true);
      expect(cutSets.count).toBe(expected.length);
      for (const [order, count] of cutSets.byOrder.entries())
        expect(count).toBe(expected.filter((set) => set.length === order).length);
    });
  });

  it('has the cut sets up to an order without the others', () => {
    holds(fc.tuple(coherent, fc.integer({ min: 0, max: 4 })), ([tree, maxOrder]) => {
      const expected = cutSetsByTable(tree);
      const { cutSets } = quantify(tree, { maxOrder, maxListed: 10_000 });
      expect(cutSets.listed).toEqual(expected.filter((set) => set.length <= maxOrder));
      if (cutSets.complete) expect(cutSets.count).toBe(expected.length);
    });
  });

  it('lies within its bounds when there is no room to be exact', () => {
    let bounded = 0;
    const large = fc
      .record({
        seed: fc.integer(),
        negation: fc.constantFrom(0, 0, 0.2),
        maxNodes: fc.integer({ min: 1, max: 300 }),
      })
      .map(({ maxNodes, ...options }) => ({
        maxNodes,
        tree: randomTree({ ...options, events: 24, sharing: 0.4 }),
      }));
    holds(large, ({ tree, maxNodes }) => {
      const { probability } = quantify(tree);
      const found = quantify(tree, { maxNodes });
      if (found.exact) return expectClose(found.probability, probability);
      bounded += 1;
      expect(found.bounds?.lower).toBeLessThanOrEqual(probability * (1 + 1e-12));
      expect(found.bounds?.upper).toBeGreaterThanOrEqual(probability * (1 - 1e-12));
      expect(found.probability).toBe(found.bounds?.upper);
    });
    expect(bounded).toBeGreaterThan(50);
  });

  it('agrees with a simulation of its definition', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const tree = randomTree({ events: 30, seed, least: -1, negation: seed % 4 === 0 ? 0.1 : 0 });
      const { mean, error } = simulate(tree, lots(SEED + seed), 4_000);
      // Four standard errors: of 20 trees, one in 800 runs would lie outside by chance; the seeds are fixed.
      expect(Math.abs(quantify(tree).probability - mean)).toBeLessThan(4 * error);
    }
  });

  it('answers what if, again and again, without being built again', () => {
    holds(fc.tuple(anyTree, fc.array(fc.tuple(fc.nat(), fc.boolean()))), ([tree, choices]) => {
      const names = [...tree.events.keys()];
      const fixed = new Map(choices.map(([index, failed]) => [names[index % names.length] ?? '', failed]));
      const changed = new Map([...fixed].map(([name, failed]) => [name, Number(failed)]));
      const expected = probabilityByTable(tree, fixed);
      expectClose(compileFaultTree(tree).probability(changed), expected);
      expectClose(probabilityGiven(tree, fixed), expected);
    });
  });

  it('treats house events as settled', () => {
    holds(fc.tuple(anyTree, fc.boolean()), ([tree, failed]) => {
      const [[house, event] = ['', { probability: 0 }]] = tree.events;
      const events = new Map([...tree.events].filter(([name]) => name !== house));
      const settled = { ...tree, events, houseEvents: new Map([[house, failed]]) };
      expectClose(quantify(settled).probability, probabilityByTable(tree, new Map([[house, failed]])));
      expect(quantify(settled).importance.has(house)).toBe(false);
      expect(event.probability).toBeGreaterThan(0);
    });
  });

  it('has importance by which finite differences go', () => {
    const tree = randomTree({ events: 40, seed: 7, least: -2 });
    const compiled = compileFaultTree(tree);
    for (const [name, { birnbaum }] of quantify(tree).importance) {
      const p = tree.events.get(name)?.probability ?? 0;
      const step = Math.min(p, 1 - p) / 4;
      const slope = (at: number) => compiled.probability(new Map([[name, at]]));
      expect((slope(p + step) - slope(p - step)) / (2 * step)).toBeCloseTo(birnbaum, 9);
    }
  });
});

function expectImportance(tree: FaultTree): void {
  const top = probabilityByTable(tree);
  for (const [name, found] of quantify(tree).importance) {
    const failed = probabilityByTable(tree, new Map([[name, true]]));
    const works = probabilityByTable(tree, new Map([[name, false]]));
    expect(found.birnbaum).toBeCloseTo(failed - works, 12);
    if (top === 0) continue;
    expect(found.criticality).toBeCloseTo(
      ((tree.events.get(name)?.probability ?? 0) * (failed - works)) / top,
      9,
    );
    expectClose(found.raw, failed / top);
    if (works > 0) expectClose(found.rrw, top / works);
    else expect(found.rrw).toBe(Number.POSITIVE_INFINITY);
  }
}

describe('deep and wide trees', () => {
  const p = 1e-6;
  const chain = (levels: number, kind: (level: number) => typeof and): FaultTree => {
    const gates = Object.fromEntries(
      Array.from({ length: levels }, (_, level) => [
        level === 0 ? 'top' : `g${level}`,
        kind(level)(`e${level}`, level === levels - 1 ? 'last' : `g${level + 1}`),
      ]),
    );
    const events = Object.fromEntries(Array.from({ length: levels }, (_, level) => [`e${level}`, p]));
    return treeOf(gates, { ...events, last: p });
  };

  it('takes 10,000 levels of one kind', () => {
    expect(quantify(chain(10_000, () => or)).probability).toBeCloseTo(1 - (1 - p) ** 10_001, 12);
    expect(quantify(chain(10_000, () => and)).cutSets.byOrder.at(10_001)).toBe(1);
  });

  it('takes 10,000 levels of two kinds in turn', () => {
    const { probability, cutSets } = quantify(
      chain(10_000, (level) => (level % 2 === 0 ? or : and)),
      { maxOrder: 3 },
    );
    expect(probability).toBeCloseTo(p + p * p, 15);
    expect(cutSets.byOrder.slice(0, 3)).toEqual([0, 1, 1]);
  });

  it('takes 10,000 levels that all need one event, and a diagram that is as deep', () => {
    const tree = chain(5_000, (level) => (level % 2 === 0 ? or : and));
    const gates = new Map(
      [...tree.gates].map(([name, gate]) => [name, { ...gate, inputs: [...gate.inputs, 'all'] }]),
    );
    const events = new Map(tree.events).set('all', { probability: 0.5 });
    expect(quantify({ ...tree, gates, events }, { maxOrder: 2 }).probability).toBeGreaterThan(0.5);
  });

  it('counts cut sets that are too many to list', () => {
    const sides = ['a', 'b', 'c', 'd'].map((side) =>
      Array.from({ length: 5_000 }, (_, index) => `${side}${index}`),
    );
    const gates = Object.fromEntries(sides.map((side, index) => [`g${index}`, or(...side)]));
    const events = Object.fromEntries(sides.flat().map((name) => [name, 1e-6]));
    const { cutSets } = quantify(treeOf({ top: and('g0', 'g1', 'g2', 'g3'), ...gates }, events), {
      maxListed: 10,
    });
    expect(cutSets.count).toBe(5_000 ** 4);
    expect(cutSets.listed).toHaveLength(10);
  });

  it('keeps the digits of small probabilities', () => {
    const tree = treeOf({ top: or('pair', 'tiny'), pair: and('a', 'b') }, { a: 1e-9, b: 1e-9, tiny: 1e-30 });
    const { probability, importance } = quantify(tree);
    expect(probability / (1e-18 + 1e-30)).toBeCloseTo(1, 14);
    expect((importance.get('a')?.rrw ?? 0) / ((1e-18 + 1e-30) / 1e-30)).toBeCloseTo(1, 10);
  });
});

describe('plain trees', () => {
  it('may have an event, or a settled one, at the top', () => {
    const event = { top: 'a', gates: new Map(), events: new Map([['a', { probability: 0.25 }]]) };
    expect(quantify(event).probability).toBe(0.25);
    expect(quantify(event).cutSets.listed).toEqual([['a']]);
    const house = { top: 'h', gates: new Map(), events: new Map(), houseEvents: new Map([['h', true]]) };
    expect(quantify(house)).toMatchObject({
      probability: 1,
      cutSets: { count: 1, byOrder: [1], listed: [[]] },
    });
  });

  it('gives events that the top does not need no importance', () => {
    const { importance } = quantify(treeOf({ top: or('a') }, { a: 0.1, b: 0.1 }));
    expect(importance.get('b')).toEqual({ birnbaum: 0, criticality: 0, raw: 1, rrw: 1 });
    expect(importance.get('a')).toEqual({
      birnbaum: 1,
      criticality: 1,
      raw: 10,
      rrw: Number.POSITIVE_INFINITY,
    });
  });

  it('knows no cut sets where not gates are left, but where they cancel out', () => {
    const events = { a: 0.1, b: 0.1 };
    const xor = treeOf(
      { top: or('x', 'y'), x: and('a', 'nb'), y: and('na', 'b'), na: not('a'), nb: not('b') },
      events,
    );
    expect(quantify(xor).probability).toBeCloseTo(0.18, 14);
    expect(quantify(xor).cutSets).toEqual({ count: 0, byOrder: [], listed: [], complete: false });
    const twice = treeOf({ top: or('x', 'b'), x: not('y'), y: not('a') }, events);
    expect(quantify(twice).cutSets.listed).toEqual([['a'], ['b']]);
  });

  it('gives the same result whichever events are said to be shared', () => {
    const tree = randomTree({ events: 40, seed: 3 });
    const marked = new Map(
      [...tree.events].map(([name, event], index) => [name, { ...event, shared: index % 3 === 0 }]),
    );
    expectClose(quantify({ ...tree, events: marked }).probability, quantify(tree).probability, 13);
  });

  it('takes names that objects have of their own', () => {
    const gates = new Map([['constructor', and('__proto__', 'toString')]]);
    const events = new Map(['__proto__', 'toString'].map((name) => [name, { probability: 0.5 }]));
    expect(quantify({ top: 'constructor', gates, events }).probability).toBe(0.25);
  });

  it('can be read as it is written', () => {
    const tree = treeOf({ top: atLeast(2, 'a', 'b', 'c') }, { a: 0.1, b: 0.1, c: 0.1 });
    expect(happens(tree, (event) => event !== 'a')).toBe(true);
  });
});

describe('a fault tree fails when', () => {
  const events = { a: 0.1, b: 0.1 };
  it.each([
    [
      'a name is unknown',
      treeOf({ top: or('a', 'c') }, events),
      'its input "c" is neither a gate nor an event',
    ],
    ['the top is unknown', treeOf({ g: or('a') }, events), '"top" is neither a gate nor an event'],
    ['it goes round in a circle', treeOf({ top: or('a', 'g'), g: or('top') }, events), 'top > g > top'],
    ['a gate is empty', treeOf({ top: or() }, events), 'the gate has no inputs'],
    [
      'min is too high',
      treeOf({ top: atLeast(3, 'a', 'b') }, events),
      'its min is 3, but must be an integer from 1 to 2',
    ],
    ['min is no integer', treeOf({ top: atLeast(1.5, 'a', 'b') }, events), 'its min is 1.5'],
    ['min is missing', treeOf({ top: { type: 'atleast', inputs: ['a'] } }, events), 'its min is undefined'],
    [
      'min is where it means nothing',
      treeOf({ top: { ...or('a'), min: 1 } }, events),
      'the or gate has min 1',
    ],
    ['an input is counted twice', treeOf({ top: atLeast(2, 'a', 'a') }, events), '"a" stands there twice'],
    ['not has two inputs', treeOf({ top: not('a', 'b') }, events), 'the not gate has 2 inputs, but takes 1'],
    [
      'a probability is above 1',
      treeOf({ top: or('a') }, { a: 1.1 }),
      'its probability is 1.1, but must be from 0 to 1',
    ],
    ['a probability is no number', treeOf({ top: or('a') }, { a: Number.NaN }), 'its probability is NaN'],
    ['two things bear one name', treeOf({ top: or('a'), a: or('b') }, events), 'two things bear this name'],
    [
      'a type is unknown',
      treeOf({ top: { type: 'xor' as never, inputs: ['a'] } }, events),
      'its type is "xor"',
    ],
  ])('%s', (_, tree, message) => expect(() => quantify(tree)).toThrow(message));

  it('what if is asked of an event that it does not have, or with no probability', () => {
    const compiled = compileFaultTree(treeOf({ top: or('a') }, { a: 0.1 }));
    expect(() => compiled.probability(new Map([['x', 1]]))).toThrow('there is no such basic event');
    expect(() => compiled.probability(new Map([['a', 2]]))).toThrow('its probability is 2');
  });
});
