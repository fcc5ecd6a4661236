import fc from 'fast-check';
import type { FaultTree } from '../../lib/calculus/fault-tree/fault-tree';
import { quantify } from '../../lib/calculus/fault-tree/quantify';
import { renderOpenPsa } from '../../lib/evidence/open-psa';
import { parseFaultTree } from '../../lib/records/fault-tree-file';
import { randomTree } from '../calculus/fault-tree/random-trees';
import { and, atLeast, or, treeOf } from '../calculus/fault-tree/support';

const written = (tree: FaultTree) => [...renderOpenPsa(tree)].join('');

describe('a fault tree written as Open-PSA', () => {
  it('is the same when it is read again', () => {
    const trees = fc.record({
      events: fc.integer({ min: 1, max: 12 }),
      seed: fc.integer(),
      negation: fc.constantFrom(0, 0.2),
    });
    fc.assert(
      fc.property(trees, (options) => {
        const tree = randomTree(options);
        const again = parseFaultTree(written(tree), 'm.xml');
        expect(again.top).toBe(tree.top);
        expect(again.events).toEqual(tree.events);
        expect(quantify(again).probability).toBe(quantify(tree).probability);
        expect(written(again)).toBe(written(tree));
      }),
      { seed: 20261123 },
    );
  });

  it('keeps names that Open-PSA cannot hold, however alike', () => {
    const names = ['az:eu-west-1a', 'az/eu-west-1a', 'a--b', 'a-_b', '1', '_', 'é', '<&">', 'end-', 'a.b'];
    const tree = treeOf({ top: or(...names) }, Object.fromEntries(names.map((name) => [name, 0.1])));
    const text = written(tree);
    const identifiers = [...text.matchAll(/<define-basic-event name="([^"]*)"/g)].map(([, name]) => name);
    expect(new Set(identifiers).size).toBe(names.length);
    for (const identifier of identifiers) expect(identifier).toMatch(/^[A-Za-z]\w*(?:-\w+)*$/);
    expect([...parseFaultTree(text, 'm.xml').events.keys()].sort()).toEqual([...names].sort());
  });

  it('says which events are shared and which are settled', () => {
    const tree = {
      ...treeOf({ top: or('a', 'h') }, {}),
      events: new Map([['a', { probability: 1e-7, shared: true }]]),
      houseEvents: new Map([['h', false]]),
    };
    expect(parseFaultTree(written(tree), 'm.xml')).toEqual(tree);
  });

  it('writes no gate that other engines refuse', () => {
    const tree = treeOf(
      {
        top: or('one', 'all', 'any', 'twice'),
        one: and('a'),
        all: atLeast(2, 'a', 'b'),
        any: atLeast(1, 'a', 'b'),
        twice: or('b', 'b'),
      },
      { a: 0.1, b: 0.1 },
    );
    const text = written(tree);
    expect(text).toContain('<define-gate name="one"><basic-event name="a"/></define-gate>');
    expect(text).toContain('<define-gate name="all"><and>');
    expect(text).toContain('<define-gate name="any"><or>');
    expect(text).toContain('<define-gate name="twice"><basic-event name="b"/></define-gate>');
  });

  it('leaves out gates that the top does not need, and gives an event at the top a gate', () => {
    const tree = treeOf({ top: or('a'), other: or('a') }, { a: 0.1 });
    expect(parseFaultTree(written(tree), 'm.xml').gates.size).toBe(1);
    const event = { top: 'a', gates: new Map(), events: new Map([['a', { probability: 0.1 }]]) };
    expect(quantify(parseFaultTree(written(event), 'm.xml')).probability).toBe(0.1);
  });
});
