import type { Topology, TopologyComponent, TopologyEdge } from '../../assessment/topology';

/** More boxes than this are not drawn in one region: nobody would find anything. */
export const MOST_BOXES = 30;

/** What one box stands for: a component, or several that are drawn as one. */
export interface DrawnComponent extends TopologyComponent {
  /** All that it stands for. @default - itself */
  readonly members?: readonly TopologyComponent[];
}

/** A topology of which each region has as many components as can be drawn. */
export interface FoldedTopology extends Topology {
  readonly components: readonly DrawnComponent[];
}

/** Draws alike components of a region as one, by type and zone, the most numerous first, where it has too many. */
export function folded(topology: Topology): FoldedTopology {
  const homes = new Map<string, TopologyComponent[]>();
  for (const component of topology.components) add(homes, homeOf(component), component);
  const drawn = [...homes.values()].flatMap(foldedIn);
  if (drawn.length === topology.components.length) return topology;
  const order = new Map(topology.components.map((component, index) => [component.resource.id, index]));
  const placeOf = ({ resource }: TopologyComponent) => order.get(resource.id) ?? 0;
  return {
    ...topology,
    components: drawn.sort((a, b) => placeOf(a) - placeOf(b)),
    edges: edgesOf(topology.edges, drawn),
  };
}

/** One panel holds what stands in one region, another all that stands in none or in several. */
function homeOf({ regions }: TopologyComponent): string {
  const [only] = regions;
  return regions.length === 1 && only !== undefined ? only : '';
}

function foldedIn(components: readonly TopologyComponent[]): readonly DrawnComponent[] {
  if (components.length <= MOST_BOXES) return components;
  const kinds = new Map<string, TopologyComponent[]>();
  for (const component of components) add(kinds, kindOf(component), component);
  const groups = [...kinds.values()].filter(({ length }) => length > 1).sort((a, b) => b.length - a.length);
  let left = components.length;
  const taken = new Set<TopologyComponent>();
  const boxes: DrawnComponent[] = [];
  for (const group of groups) {
    if (left <= MOST_BOXES) break;
    left -= group.length - 1;
    for (const each of group) taken.add(each);
    boxes.push(boxOf(group));
  }
  const all: readonly DrawnComponent[] = [
    ...boxes,
    ...components.filter((component) => !taken.has(component)),
  ];
  if (all.length <= MOST_BOXES) return all;
  // Ways in and what stops the service alone are worth a box before all else.
  const ranked = [...all].sort((a, b) => rankOf(b) - rankOf(a));
  const rest = ranked.slice(MOST_BOXES - 1).flatMap((each) => each.members ?? [each]);
  return [...ranked.slice(0, MOST_BOXES - 1), boxOf(rest)];
}

/** What is alike: of one type, in the same zones. Each way in keeps its own box where there is room. */
function kindOf({ resource, zones, regions, entry }: TopologyComponent): string {
  return JSON.stringify([resource.type, regions, zones.map(({ zone }) => zone), entry]);
}

function rankOf({ entry, stopsAlone }: TopologyComponent): number {
  return (entry ? 2 : 0) + (stopsAlone ? 1 : 0);
}

function boxOf(members: readonly TopologyComponent[]): DrawnComponent {
  const [first] = members as readonly [TopologyComponent];
  const alike = members.every((member) => kindOf(member) === kindOf(first));
  const unitsIn = (zone: string) =>
    members
      .flatMap(({ zones }) => zones)
      .reduce((sum, each) => sum + (each.zone === zone ? each.units : 0), 0);
  return {
    ...first,
    members,
    entry: members.some(({ entry }) => entry),
    zones: alike ? first.zones.map(({ zone }) => ({ zone, units: unitsIn(zone) })) : [],
    minutesPerYear: members.reduce((sum, { minutesPerYear }) => sum + minutesPerYear, 0),
    stopsAlone: members.some(({ stopsAlone }) => stopsAlone),
  };
}

/** The lines of all that a box stands for are its own, each once. */
function edgesOf(edges: readonly TopologyEdge[], drawn: readonly DrawnComponent[]): readonly TopologyEdge[] {
  const names = new Map(
    drawn.flatMap(({ resource, members = [] }) => members.map((each) => [each.resource.id, resource.id])),
  );
  const kept = new Map<string, TopologyEdge>();
  for (const edge of edges) {
    const from = edge.from === undefined ? undefined : (names.get(edge.from) ?? edge.from);
    const to = names.get(edge.to) ?? edge.to;
    const key = JSON.stringify([from, to, edge.leaning]);
    if (from !== to && !kept.has(key)) kept.set(key, { ...edge, from, to });
  }
  return [...kept.values()];
}

function add<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}
