import type { IndexedTree } from './indexed-tree';

/**
 * By gate, 1 when it is a module: nothing below it is needed by anything but through it. Such a gate behaves as one
 * event. Linear: a gate is a module when all below it is first and last met between entering and leaving it.
 *
 * @see Dutuit, Rauzy, A linear-time algorithm to find modules of fault trees, IEEE Trans. Reliability 1996
 * @internal
 */
export function modulesOf({ gates, events, top }: IndexedTree): Uint8Array {
  const walk = datesOf({ gates, events, top });
  const earliest = new Int32Array(walk.first);
  const latest = new Int32Array(walk.last);
  const modules = new Uint8Array(gates.length);
  for (const [index, { inputs }] of gates.entries()) {
    let first = 0x7fffffff;
    let last = 0;
    for (const input of inputs) {
      if (input < 0) continue;
      first = Math.min(first, earliest[input] as number);
      last = Math.max(last, latest[input] as number);
    }
    const gate = events + index;
    modules[index] = first > (walk.first[gate] as number) && last < (walk.left[gate] as number) ? 1 : 0;
    earliest[gate] = Math.min(first, walk.first[gate] as number);
    latest[gate] = Math.max(last, walk.last[gate] as number);
  }
  return modules;
}

/** When a walk down the tree first met, left, and last met each event and gate. */
function datesOf({ gates, events, top }: Pick<IndexedTree, 'gates' | 'events' | 'top'>) {
  const first = new Int32Array(events + gates.length);
  const left = new Int32Array(events + gates.length);
  const last = new Int32Array(events + gates.length);
  const next = new Int32Array(gates.length);
  let date = 1;
  first[top] = date;
  const path = [top];
  for (let gate = path.at(-1); gate !== undefined; gate = path.at(-1)) {
    const at = next[gate - events] as number;
    const input = gates[gate - events]?.inputs[at];
    next[gate - events] = at + 1;
    date += 1;
    if (input === undefined) {
      left[gate] = date;
      last[gate] = date;
      path.pop();
    } else if (input >= 0) {
      last[input] = date;
      if (first[input] !== 0) continue;
      first[input] = date;
      if (input >= events) path.push(input);
    }
  }
  return { first, left, last };
}
