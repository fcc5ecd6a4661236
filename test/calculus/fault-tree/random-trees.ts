import type { BasicEvent, FaultTree, Gate } from '../../../lib/calculus/fault-tree/fault-tree';

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function lots(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface RandomTreeOptions {
  readonly events: number;
  readonly seed: number;

  /** How often a gate takes one more input that others have, too. */
  readonly sharing?: number;

  /** How often an input is negated. */
  readonly negation?: number;

  /** The least probability is 10 to the power of this. */
  readonly least?: number;
}

/** Joins events to gates, and those to others, until one is left; some inputs serve several gates. */
export function randomTree({
  events: count,
  seed,
  sharing = 0.3,
  negation = 0,
  least = -4,
}: RandomTreeOptions): FaultTree {
  const draw = lots(seed);
  const pick = <T>(from: readonly T[]): number => Math.floor(draw() * from.length);
  const events = new Map<string, BasicEvent>(
    Array.from({ length: count }, (_, index) => [`e${index}`, { probability: 10 ** (least * draw()) * 0.9 }]),
  );
  const gates = new Map<string, Gate>();
  const add = (gate: Gate): string => {
    const name = `g${gates.size}`;
    gates.set(name, gate);
    return name;
  };
  const loose = [...events.keys()];
  const all = [...loose];
  do {
    const inputs = new Set(
      Array.from({ length: 2 + Math.floor(draw() * 3) }, () => loose.splice(pick(loose), 1)),
    );
    const taken = new Set([...inputs].flat());
    while (draw() < sharing) taken.add(all[pick(all)] ?? '');
    const names = [...taken].map((name) => (draw() < negation ? add({ type: 'not', inputs: [name] }) : name));
    const gate = add(gateOf(names, draw));
    loose.push(gate);
    all.push(gate);
  } while (loose.length > 1);
  return { top: loose[0] ?? '', gates, events };
}

function gateOf(inputs: readonly string[], draw: () => number): Gate {
  if (inputs.length > 2 && draw() < 0.3)
    return { type: 'atleast', min: 1 + Math.floor(draw() * inputs.length), inputs };
  return { type: draw() < 0.55 ? 'and' : 'or', inputs };
}
