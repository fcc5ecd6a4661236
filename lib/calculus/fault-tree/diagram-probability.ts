import { addTo, LevelSums } from './level-sums';
import type { ModuleDiagram, TreeDiagram } from './tree-diagram';

/**
 * Probabilities in a diagram.
 *
 * @internal
 */
export interface Weighed {
  /** Of every node. */
  readonly nodes: Float64Array;

  /** Of every level's variable. */
  readonly levels: Float64Array;
}

/**
 * The probability of every node: one pass from the leaves up. All terms are positive: small probabilities keep their
 * digits.
 *
 * @param events - probabilities by event number
 * @param side - which function stands for a module for which there was no room
 * @internal
 */
export function weigh(
  { table, modules, units }: TreeDiagram,
  events: Float64Array,
  side: 'root' | 'lower' = 'root',
): Weighed {
  const { level, low, high, count } = table;
  const nodes = new Float64Array(count);
  const levels = new Float64Array(units.length);
  nodes[1] = 1;
  for (const [index, { firstNode, firstLevel, levels: own }] of modules.entries()) {
    for (let at = firstLevel; at < firstLevel + own; at += 1) {
      const unit = units[at] as number;
      levels[at] = (unit >= 0 ? events[unit] : nodes[modules[-1 - unit]?.[side] ?? 0]) as number;
    }
    const end = modules[index + 1]?.firstNode ?? count;
    for (let node = firstNode; node < end; node += 1) {
      const p = levels[level[node] as number] as number;
      nodes[node] =
        p * (nodes[high[node] as number] as number) + (1 - p) * (nodes[low[node] as number] as number);
    }
  }
  return { nodes, levels };
}

/**
 * What the top comes to given each event.
 *
 * @internal
 */
export interface Conditionals {
  /** By event number: given that it has failed. */
  readonly failed: Float64Array;

  /** By event number: given that it works. */
  readonly works: Float64Array;

  /** By event number: how much the first is above the second, which is Birnbaum's importance. */
  readonly difference: Float64Array;
}

/**
 * What the top comes to given each event: one pass from the top down.
 *
 * @param events - how many events there are
 * @internal
 */
export function conditionals(diagram: TreeDiagram, weighed: Weighed, events: number): Conditionals {
  const { modules, units } = diagram;
  const ofEvents = emptyConditionals(events);
  const ofModules = emptyConditionals(modules.length);
  const top = modules.length - 1;
  ofModules.failed[top] = 1;
  ofModules.difference[top] = 1;
  for (let index = top; index >= 0; index -= 1) {
    const module = modules[index];
    if (!module) continue;
    const own = conditionalsInModule(module, diagram, weighed);
    const ifFailed = ofModules.failed[index] as number;
    const ifWorks = ofModules.works[index] as number;
    const through = (probability: number) => probability * ifFailed + (1 - probability) * ifWorks;
    for (let at = 0; at < module.levels; at += 1) {
      const unit = units[module.firstLevel + at] as number;
      const to = unit >= 0 ? ofEvents : ofModules;
      const number = unit >= 0 ? unit : -1 - unit;
      to.failed[number] = through(own.failed[at] as number);
      to.works[number] = through(own.works[at] as number);
      to.difference[number] = (ofModules.difference[index] as number) * (own.difference[at] as number);
    }
  }
  return ofEvents;
}

function emptyConditionals(size: number): Conditionals {
  return {
    failed: new Float64Array(size),
    works: new Float64Array(size),
    difference: new Float64Array(size),
  };
}

/** A path meets a variable or runs past its level: sums of both are kept apart, so that none is a difference of others. */
function conditionalsInModule(
  { root, firstNode, firstLevel, levels }: ModuleDiagram,
  { table }: TreeDiagram,
  weighed: Weighed,
): Conditionals {
  const { level, low, high } = table;
  const { nodes } = weighed;
  const result = emptyConditionals(levels);
  const past = new LevelSums(levels);
  const levelOf = (node: number) => Math.min(levels, (level[node] as number) - firstLevel);
  const reach = new Float64Array(Math.max(0, root - firstNode) + 1);
  if (root >= firstNode) reach[root - firstNode] = 1;
  past.add(0, levelOf(root), nodes[root] as number);
  for (let node = root; node >= firstNode; node -= 1) {
    const mass = reach[node - firstNode] as number;
    if (mass === 0) continue;
    const at = levelOf(node);
    const p = weighed.levels[at + firstLevel] as number;
    const up = high[node] as number;
    const down = low[node] as number;
    const ifFailed = nodes[up] as number;
    const ifWorks = nodes[down] as number;
    addTo(result.failed, at, mass * ifFailed);
    addTo(result.works, at, mass * ifWorks);
    addTo(result.difference, at, mass * (ifFailed - ifWorks));
    if (up >= firstNode) addTo(reach, up - firstNode, mass * p);
    if (down >= firstNode) addTo(reach, down - firstNode, mass * (1 - p));
    past.add(at + 1, levelOf(up), mass * p * ifFailed);
    past.add(at + 1, levelOf(down), mass * (1 - p) * ifWorks);
  }
  for (let at = 0; at < levels; at += 1) {
    const beside = past.at(at);
    addTo(result.failed, at, beside);
    addTo(result.works, at, beside);
  }
  return result;
}
