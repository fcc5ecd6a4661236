import type { FaultTree } from '../../../lib/calculus/fault-tree/fault-tree';

/** What gates mean, written down word by word: the engine is held against it. */
export function happens(tree: FaultTree, failed: (event: string) => boolean, name = tree.top): boolean {
  const gate = tree.gates.get(name);
  if (gate === undefined) return tree.houseEvents?.get(name) ?? failed(name);
  const inputs = gate.inputs.map((input) => happens(tree, failed, input));
  const count = inputs.filter((input) => input).length;
  switch (gate.type) {
    case 'and':
      return count === inputs.length;
    case 'or':
      return count > 0;
    case 'atleast':
      return count >= (gate.min ?? 0);
    case 'not':
      return count === 0;
  }
}

/** One row of a truth table. */
interface Row {
  readonly failed: ReadonlySet<string>;
  readonly probability: number;
}

/** All rows in which the top event happens. */
export function truthTable(tree: FaultTree, given: ReadonlyMap<string, boolean> = new Map()): readonly Row[] {
  let rows: readonly Row[] = [{ failed: new Set(), probability: 1 }];
  for (const [name, { probability }] of tree.events) {
    const p = given.has(name) ? Number(given.get(name)) : probability;
    rows = rows.flatMap((row) => [
      { failed: row.failed, probability: row.probability * (1 - p) },
      { failed: new Set([...row.failed, name]), probability: row.probability * p },
    ]);
  }
  return rows.filter(({ failed }) => happens(tree, (event) => failed.has(event)));
}

/** The probability of the top event by adding up a truth table. */
export function probabilityByTable(tree: FaultTree, given: ReadonlyMap<string, boolean> = new Map()): number {
  return truthTable(tree, given)
    .map(({ probability }) => probability)
    .sort((a, b) => a - b)
    .reduce((sum, probability) => sum + probability, 0);
}

/** The sets of events by which the top event happens and of which no part suffices, by order, then name. */
export function cutSetsByTable(tree: FaultTree): readonly (readonly string[])[] {
  const sets = truthTable(tree).map(({ failed }) => failed);
  const minimal = sets.filter(
    (set) => !sets.some((other) => other.size < set.size && [...other].every((event) => set.has(event))),
  );
  return minimal
    .map((set) => [...set].sort())
    .sort((a, b) => a.length - b.length || (a.join('\0') < b.join('\0') ? -1 : 1));
}

/** How often the top event happens when every event is drawn by lot, many times, and the standard error of that. */
export function simulate(
  tree: FaultTree,
  draw: () => number,
  rounds: number,
): { readonly mean: number; readonly error: number } {
  let hits = 0;
  for (let round = 0; round < rounds; round += 1) {
    const drawn = new Map([...tree.events].map(([name, { probability }]) => [name, draw() < probability]));
    if (happens(tree, (event) => drawn.get(event) === true)) hits += 1;
  }
  const mean = hits / rounds;
  return { mean, error: Math.sqrt(Math.max(mean * (1 - mean), 1 / rounds) / rounds) };
}
