import { stronglyConnected } from '../calculus/cycles';
import type { Gate } from '../calculus/fault-tree/fault-tree';

type Gates = ReadonlyMap<string, Gate>;

/** What never happens, as a settled event: a gate without inputs would say nothing. */
export const NOTHING = 'never';

/** What the names of gates begin with that stand for a whole circle. */
export const TOGETHER = 'together:';

/** More gates than this no circle is written out to: then it fails as one, which errs on the safe side. */
const MOST_COPIES = 20_000;

/** A gate that is true with any of its inputs; of none, never. */
export function orOf(inputs: readonly string[]): Gate {
  return { type: 'or', inputs: inputs.length === 0 ? [NOTHING] : inputs };
}

/**
 * Things that need each other in a circle. What a circle comes to is its least solution: nothing fails but for a cause.
 *
 * Every way round a circle passes one of its heads. Once what the heads come to is known, the rest follows; starting
 * from "no head fails", each round lets failures travel round once, and after as many rounds as there are heads nothing
 * new can come. A ring of services, however long, has one head.
 */
export function withoutCircles(gates: Gates): Gates {
  const written = new Map(gates);
  const inputsOf = (name: string) => (gates.get(name)?.inputs ?? []).filter((input) => gates.has(input));
  for (const circle of stronglyConnected([...gates.keys()], inputsOf)) {
    const [first] = circle;
    const turning = circle.length > 1 || (first !== undefined && inputsOf(first).includes(first));
    if (!turning) continue;
    const plain = circle.every((name) => gates.get(name)?.type === 'or');
    const heads = plain ? new Set<string>() : headsOf(circle, inputsOf);
    if (plain || (heads.size + 1) * circle.length > MOST_COPIES) together(circle, written);
    else unroll(circle, heads, written);
  }
  return written;
}

/** All of the circle fails with whatever fails any of it. */
function together(circle: readonly string[], written: Map<string, Gate>): void {
  const members = new Set(circle);
  const outside = new Set(circle.flatMap((name) => written.get(name)?.inputs ?? []));
  const name = `${TOGETHER}${[...circle].sort()[0]}`;
  written.set(name, orOf([...outside].filter((input) => !members.has(input))));
  for (const member of circle) written.set(member, { type: 'or', inputs: [name] });
}

/** The members at which a walk in depth comes back to where it is: without them there is no circle. */
function headsOf(
  circle: readonly string[],
  inputsOf: (name: string) => readonly string[],
): ReadonlySet<string> {
  const members = new Set(circle);
  const [heads, seen, onPath] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const path: { readonly name: string; readonly open: string[] }[] = [];
  const enter = (name: string) => {
    seen.add(name);
    onPath.add(name);
    path.push({ name, open: inputsOf(name).filter((input) => members.has(input)) });
  };
  for (const start of circle.slice(0, 1)) enter(start);
  for (let at = path.at(-1); at; at = path.at(-1)) {
    const next = at.open.pop();
    if (next === undefined) onPath.delete(path.pop()?.name ?? '');
    else if (onPath.has(next)) heads.add(next);
    else if (!seen.has(next)) enter(next);
  }
  return heads;
}

function unroll(circle: readonly string[], heads: ReadonlySet<string>, written: Map<string, Gate>): void {
  const original = new Map(circle.flatMap((name) => [[name, written.get(name) ?? orOf([])] as const]));
  const last = heads.size;
  const named = (name: string, round: number) => (round === last ? name : `${name}~${round}`);
  for (let round = 0; round <= last; round++) {
    const inputIn = (input: string) => {
      if (!original.has(input)) return input;
      if (!heads.has(input)) return named(input, round);
      return round === 0 ? NOTHING : named(input, round - 1);
    };
    for (const [name, gate] of original)
      written.set(named(name, round), { ...gate, inputs: gate.inputs.map(inputIn) });
  }
}
