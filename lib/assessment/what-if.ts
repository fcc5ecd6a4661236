import type { Resource } from '../assembly/resource';
import type { FaultTree, Gate } from '../calculus/fault-tree/fault-tree';
import { ConfigurationError } from '../errors';
import { TOGETHER } from './circles';
import { certainIn, type FaultModel } from './fault-model';

/** What happens to a service when some events happen together. */
export interface Loss {
  /** Whether the service stops. */
  readonly serviceStops: boolean;

  /** The resources that fail, by id, sorted: those that are hit and those that need them. */
  readonly failedResources: readonly string[];

  /** Those that fail as seen from some region, and serve others: a copy of theirs is lost. By id, sorted. */
  readonly impairedResources: readonly string[];
}

/**
 * What stops, and what fails by it, when these events have happened and no other has.
 *
 * @param events - ids of events of the model: `zone:eu-west-1a`, `resource:Shop/Db`
 * @param gone - resources that fail whatever else happens, and take nothing with them but what needs them
 * @throws ConfigurationError when the model has no such event
 */
export function lost(
  { tree, events: known, resources }: FaultModel,
  events: Iterable<string>,
  gone: ReadonlySet<Resource> = new Set(),
): Loss {
  const happened = new Set(events);
  for (const id of happened)
    if (!known.has(id))
      throw new ConfigurationError({
        path: id,
        problem: 'the service has no such event',
        fix: 'name a zone, a region or a resource that it depends on',
      });
  const names = [...resources].filter(([, resource]) => gone.has(resource)).map(([name]) => name);
  const hits = [...happened, ...gatesOf(tree, new Set(names))];
  const certain = certainIn(tree);
  const byLoss = failedGates(tree, new Set(hits));
  const failed = certain.length === 0 ? byLoss : failedGates(tree, new Set([...hits, ...certain]));
  // What served nobody before is not lost with what it would have stood in for.
  const before = certain.length === 0 ? NONE : failedGates(tree, new Set(certain));
  const fails = (gate: string) => byLoss.has(gate) || (failed.has(gate) && !before.has(gate));
  const views = [...resources].map(([gate, { id }]) => ({ id, fails: fails(gate) }));
  const hit = new Set(views.filter(({ fails }) => fails).map(({ id }) => id));
  const serving = new Set(views.filter(({ fails }) => !fails).map(({ id }) => id));
  return {
    serviceStops: failed.has(tree.top),
    failedResources: [...hit].filter((id) => !serving.has(id)).sort(),
    impairedResources: [...hit].filter((id) => serving.has(id)).sort(),
  };
}

const NONE: ReadonlySet<string> = new Set();

/** The gates of resources, and of the circles that they take part in. */
function* gatesOf({ gates }: FaultTree, names: ReadonlySet<string>): Generator<string> {
  if (names.size === 0) return;
  for (const [name, { inputs }] of gates) {
    if (!names.has(name.replace(/(!.*)?(~\d+)?$/, ''))) continue;
    yield name;
    yield* inputs.filter((input) => input.startsWith(TOGETHER));
  }
}

/** The gates and events that have failed. */
function failedGates(tree: FaultTree, happened: ReadonlySet<string>): ReadonlySet<string> {
  const failed = new Set(happened);
  for (const [id, settled] of tree.houseEvents ?? []) if (settled) failed.add(id);
  for (const [name, gate] of childrenFirst(tree)) if (hasFailed(gate, failed)) failed.add(name);
  return failed;
}

/** All gates, each after those that it needs. With a stack of its own: trees are deep. */
function childrenFirst({ gates }: FaultTree): readonly (readonly [string, Gate])[] {
  const order: (readonly [string, Gate])[] = [];
  const seen = new Set<string>();
  const open = [...gates.keys()].map((name) => ({ name, inputsDone: false }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { name, inputsDone } = next;
    const gate = gates.get(name);
    if (!gate || (!inputsDone && seen.has(name))) continue;
    seen.add(name);
    if (inputsDone) order.push([name, gate]);
    else {
      open.push({ name, inputsDone: true });
      for (const input of gate.inputs) open.push({ name: input, inputsDone: false });
    }
  }
  return order;
}

function hasFailed({ type, min = 1, inputs }: Gate, failed: ReadonlySet<string>): boolean {
  if (type === 'and') return inputs.every((input) => failed.has(input));
  if (type === 'not') return !inputs.some((input) => failed.has(input));
  const count = inputs.reduce((sum, input) => sum + (failed.has(input) ? 1 : 0), 0);
  return count >= (type === 'or' ? 1 : min);
}
