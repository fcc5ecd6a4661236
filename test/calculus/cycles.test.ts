import { cyclesIn } from '../../lib/calculus/cycles';

const edges = (pairs: readonly (readonly [string, string])[]) => {
  const found = new Map<string, Set<string>>();
  for (const [from, to] of pairs) found.set(from, (found.get(from) ?? new Set()).add(to));
  return found;
};

describe('the cycles of a graph', () => {
  it('are none where all edges lead one way', () => {
    expect(
      cyclesIn(
        edges([
          ['a', 'b'],
          ['a', 'c'],
          ['b', 'c'],
        ]),
      ),
    ).toEqual([]);
  });

  it('are told once each, from the first of their nodes', () => {
    expect(
      cyclesIn(
        edges([
          ['b', 'a'],
          ['a', 'b'],
          ['c', 'd'],
          ['d', 'e'],
          ['e', 'c'],
          ['a', 'c'],
        ]),
      ),
    ).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
  });

  it('are the shortest through each node that has none yet', () => {
    expect(
      cyclesIn(
        edges([
          ['a', 'b'],
          ['b', 'c'],
          ['c', 'a'],
          ['b', 'a'],
        ]),
      ),
    ).toEqual([
      ['a', 'b'],
      ['c', 'a', 'b'],
    ]);
  });
});
