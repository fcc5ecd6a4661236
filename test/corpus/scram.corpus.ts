import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { FaultTree } from '../../lib/calculus/fault-tree/fault-tree';
import { quantify } from '../../lib/calculus/fault-tree/quantify';
import { renderOpenPsa } from '../../lib/evidence/open-psa';
import { parseFaultTree } from '../../lib/records/fault-tree-file';
import { randomTree } from '../calculus/fault-tree/random-trees';
import { SynthesisedApp } from '../support/example-app';
import { type ScramResult, scram } from './scram';

const SEED = 20261123;
const RUNS = 500;

/** SCRAM prints six digits. */
const SIX_DIGITS = 6e-6;

/** SCRAM's own models, as its package installs them. */
const MODELS = '/usr/share/scram/input';

/** SCRAM negates by taking from 1: what it says of less than about 1e-15 is rounding. */
const ROUNDING = 1e-15;

function expectSame(found: number, theirs: number): void {
  expect(Math.abs(found - theirs)).toBeLessThanOrEqual(SIX_DIGITS * Math.abs(theirs) + ROUNDING);
}

/** Differences of two numbers near each other keep fewer of their digits. */
function expectSameImportance(tree: FaultTree, theirs: ScramResult): void {
  const { importance, probability } = quantify(tree);
  for (const { name, MIF, RAW, RRW } of theirs.importance) {
    const own = importance.get(name);
    expect(own?.birnbaum).toBeCloseTo(MIF, 5);
    // SCRAM works out both from the difference, which says nothing where it drowns in rounding.
    if (Math.abs(MIF) < 1e-6 || Math.abs(MIF) * 1e-9 > probability) continue;
    if (RAW < 1e6) expectSame(own?.raw ?? 0, RAW);
    if (RRW > 0 && RRW < 1e3) expect((own?.rrw ?? 0) / RRW).toBeCloseTo(1, 3);
  }
}

describe('SCRAM', () => {
  it(`agrees to six digits on ${RUNS} random trees`, () => {
    const trees = fc.record({
      events: fc.integer({ min: 2, max: 60 }),
      seed: fc.integer(),
      sharing: fc.double({ min: 0, max: 0.4, noNaN: true }),
      negation: fc.constantFrom(0, 0, 0.1),
    });
    fc.assert(
      fc.property(trees, (options) => {
        const tree = randomTree(options);
        const [theirs] = scram([[...renderOpenPsa(tree)].join('')]);
        expectSame(quantify(tree).probability, theirs?.probability ?? Number.NaN);
        if (theirs && options.negation === 0) expectSameImportance(tree, theirs);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  }, 600_000);

  it.each([
    ['Baobab/baobab1', 46_188],
    ['Baobab/baobab2', 4_805],
    ['Chinese/chinese', 392],
    ['Lift/lift', 12],
    ['Theatre/theatre', 2],
    ['TwoTrain/two_train', 4],
    ['ne574/ne574', 7],
  ])(
    'agrees on its own model %s, which has %d minimal cut sets',
    (name, cutSets) => {
      const model = read(name);
      const found = quantify(parseFaultTree(model, name));
      const [theirs] = scram([model]);
      expectSame(found.probability, theirs?.probability ?? Number.NaN);
      expect(found.cutSets).toMatchObject({ count: cutSets, complete: true });
    },
    60_000,
  );

  it('agreed on CEA9601, a tree of 186 events with not gates, which takes it a minute', () => {
    const found = quantify(parseFaultTree(read('CEA9601/CEA9601'), 'CEA9601'));
    expect(found.exact).toBe(true);
    expectSame(found.probability, 2.38155e-6);
  }, 120_000);

  it.each(readdirSync(join(__dirname, '..', '..', 'examples')))(
    'agrees on the services of examples/%s',
    (name) => {
      const app = new SynthesisedApp(`examples/${name}`);
      const { services } = app.assess();
      app.remove();
      expect(services.length).toBeGreaterThan(0);
      for (const { availability } of services) {
        const model = [...renderOpenPsa(availability.model.tree)].join('');
        // The probability is exact whatever order of products is listed; all of them would be millions.
        const [theirs] = scram([model], ['--limit-order', '2']);
        expectSame(availability.unavailability, theirs?.probability ?? Number.NaN);
      }
    },
    60_000,
  );
});

/** A model and, where they stand apart, its basic events, as one document. */
function read(name: string): string {
  const files = ['', '-basic-events'].map((part) => join(MODELS, `${name}${part}.xml`)).filter(existsSync);
  const inner = files.map((file) =>
    readFileSync(file, 'utf8')
      .replace(/^[\s\S]*?<opsa-mef[^>]*>/, '')
      .replace(/<\/opsa-mef>\s*$/, ''),
  );
  return `<opsa-mef>${inner.join('')}</opsa-mef>`;
}
