import type { BasicEvent, FaultTree, Gate, GateKind } from '../../../lib/calculus/fault-tree/fault-tree';

/** `and(a, b)` and alike, for trees in a few lines. */
const gate =
  (type: GateKind) =>
  (...inputs: readonly string[]): Gate => ({ type, inputs });

export const and = gate('and');
export const or = gate('or');
export const not = gate('not');
export const atLeast = (min: number, ...inputs: readonly string[]): Gate => ({
  type: 'atleast',
  min,
  inputs,
});

/** A tree whose top gate is named `top`. */
export function treeOf(
  gates: Readonly<Record<string, Gate>>,
  probabilities: Readonly<Record<string, number>>,
  more: Partial<FaultTree> = {},
): FaultTree {
  const events = Object.entries(probabilities).map(([name, probability]): [string, BasicEvent] => [
    name,
    { probability },
  ]);
  return { top: 'top', gates: new Map(Object.entries(gates)), events: new Map(events), ...more };
}
