import fc from 'fast-check';
import { CutSetCounts } from '../../../lib/calculus/fault-tree/cut-set-counts';
import { setsOfOrder } from '../../../lib/calculus/fault-tree/cut-set-list';
import { type CutSetFamilies, cutSetsUpTo } from '../../../lib/calculus/fault-tree/cut-sets';
import type { FaultTree } from '../../../lib/calculus/fault-tree/fault-tree';
import { indexTree } from '../../../lib/calculus/fault-tree/indexed-tree';
import { quantify } from '../../../lib/calculus/fault-tree/quantify';
import { simplifyTree } from '../../../lib/calculus/fault-tree/simplify-tree';
import { buildToOrder, buildTreeDiagram } from '../../../lib/calculus/fault-tree/tree-diagram';
import { cutSetsByTable } from './definition';
import { randomTree } from './random-trees';

const STEPS = 1e6;

/** The sets of all orders up to one, by order, then by name. */
function listed(tree: FaultTree, order: number, sets: CutSetFamilies | undefined) {
  const counts = sets && CutSetCounts.of(sets, order);
  if (!sets || !counts) throw new Error('there was no room');
  const names = [...tree.events.keys()];
  const found = Array.from({ length: order + 1 }, (_, of) => [...setsOfOrder(of, sets, counts)]).flat();
  return found
    .map((set) => set.map((event) => names[event] ?? '').sort())
    .sort((a, b) => a.length - b.length || (a.join('\0') < b.join('\0') ? -1 : 1));
}

describe('minimal cut sets up to an order', () => {
  const cases = fc.record({
    order: fc.integer({ min: 0, max: 4 }),
    tree: fc
      .record({
        events: fc.integer({ min: 1, max: 10 }),
        seed: fc.integer(),
        sharing: fc.double({ min: 0, max: 0.6, noNaN: true }),
      })
      .map(randomTree),
  });
  const expected = (tree: FaultTree, order: number) =>
    cutSetsByTable(tree).filter((set) => set.length <= order);

  it('are found in a whole diagram without the others', () => {
    fc.assert(
      fc.property(cases, ({ tree, order }) => {
        const simple = simplifyTree(indexTree(tree));
        const diagram = buildTreeDiagram(simple, {
          maxNodes: 1e6,
          probabilities: new Float64Array(simple.events),
        });
        expect(listed(tree, order, cutSetsUpTo(order, diagram, STEPS))).toEqual(expected(tree, order));
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });

  it('are found without a whole diagram', () => {
    fc.assert(
      fc.property(cases, ({ tree, order }) => {
        const diagram = buildToOrder(simplifyTree(indexTree(tree)), order);
        expect(listed(tree, order, diagram && cutSetsUpTo(order, diagram, STEPS))).toEqual(
          expected(tree, order),
        );
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });

  it('are told of trees that are too large to be exact', () => {
    const tree = randomTree({ events: 60, seed: 8, sharing: 0.5 });
    const whole = quantify(tree, { maxListed: 1e6 });
    const bounded = quantify(tree, { maxNodes: 100, maxListed: 1e6 });
    expect([whole.exact, bounded.exact]).toEqual([true, false]);
    expect(bounded.cutSets.complete).toBe(false);
    expect(bounded.cutSets.byOrder.length).toBeGreaterThan(1);
    const known = bounded.cutSets.byOrder.length - 1;
    expect(bounded.cutSets.listed).toEqual(whole.cutSets.listed.filter((set) => set.length <= known));
  });
});
