import type { FaultTree, Gate } from '../../lib/calculus/fault-tree/fault-tree';

/** A generator of numbers from 0 to 1 that repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Probabilities so large that chance meets them, in the order of the true ones. */
export function raised(tree: FaultTree): ReadonlyMap<string, number> {
  return new Map([...tree.events].map(([name, { probability }]) => [name, probability ** 0.45]));
}

/**
 * How often the top event happens when every event is drawn by lot, and the standard error of that. From what gates mean,
 * without anything of the engine; a gate that several use is asked once in a round.
 */
export function drawnByLot(
  tree: FaultTree,
  probabilities: ReadonlyMap<string, number>,
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
): { readonly mean: number; readonly error: number } {
  const draw = seeded(seed);
  let hits = 0;
  for (let round = 0; round < rounds; round += 1) {
    const happened = new Map(tree.houseEvents ?? []);
    for (const [name, probability] of probabilities) happened.set(name, draw() < probability);
    if (happens(tree.top, tree.gates, happened)) hits += 1;
  }
  const mean = hits / rounds;
  return { mean, error: Math.sqrt(Math.max(mean * (1 - mean), 1 / rounds) / rounds) };
}

function happens(name: string, gates: ReadonlyMap<string, Gate>, happened: Map<string, boolean>): boolean {
  const known = happened.get(name);
  if (known !== undefined) return known;
  const { type, min = 0, inputs } = gates.get(name) as Gate;
  const count = inputs.filter((input) => happens(input, gates, happened)).length;
  const enough = { and: count === inputs.length, or: count > 0, atleast: count >= min, not: count === 0 };
  happened.set(name, enough[type]);
  return enough[type];
}
