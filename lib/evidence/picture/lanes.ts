import type { TopologyEdge } from '../../assessment/topology';
import type { PanelContent } from './panel';

/** The distance of lines that run beside each other, in pixels. */
export const LANE = 7;

/** Which lines run where: inside the panels, at their left, and between them; by the ids of their sources. */
export class Lanes {
  readonly #inside = new Map<PanelContent, ReadonlyMap<string, number>>();
  readonly #beside = new Map<PanelContent, Map<string, number>>();
  readonly #tracks = new Map<string, number>();

  constructor(contents: readonly PanelContent[], edges: readonly TopologyEdge[]) {
    const homes = new Map(
      contents.flatMap((content) =>
        content.components.map(({ resource }) => [resource.id, content] as const),
      ),
    );
    for (const content of contents) this.#inside.set(content, lanesInside(content, edges, homes));
    for (const { from = '', to } of edges) {
      const [home, target] = [homes.get(from), homes.get(to)];
      if (!home || !target || home === target) continue;
      number(this.#tracks, from);
      for (const content of [home, target]) {
        const beside = this.#beside.get(content) ?? new Map<string, number>();
        number(beside, from);
        this.#beside.set(content, beside);
      }
    }
  }

  /** How many lines run beside each other at most inside a panel. */
  inside(content: PanelContent): number {
    return Math.max(0, ...[...(this.#inside.get(content)?.values() ?? [])].map((lane) => lane + 1));
  }

  insideOf(content: PanelContent, source: string): number {
    return this.#inside.get(content)?.get(source) ?? 0;
  }

  /** How many lines run at the left of a panel. */
  beside(content: PanelContent): number {
    return this.#beside.get(content)?.size ?? 0;
  }

  besideOf(content: PanelContent, source: string): number {
    return this.#beside.get(content)?.get(source) ?? 0;
  }

  /** How many lines run between panels. */
  get tracks(): number {
    return this.#tracks.size;
  }

  trackOf(source: string): number {
    return this.#tracks.get(source) ?? 0;
  }
}

function number(numbers: Map<string, number>, key: string): void {
  if (!numbers.has(key)) numbers.set(key, numbers.size);
}

/** Lines that do not pass each other share a lane. */
function lanesInside(
  content: PanelContent,
  edges: readonly TopologyEdge[],
  homes: ReadonlyMap<string, PanelContent>,
): ReadonlyMap<string, number> {
  const places = new Map(content.components.map(({ resource }, place) => [resource.id, place]));
  const spans = new Map<string, { first: number; last: number }>();
  for (const { from = '', to } of edges) {
    if (homes.get(from) !== content || homes.get(to) !== content) continue;
    const ends = [places.get(from) ?? 0, places.get(to) ?? 0];
    const known = spans.get(from);
    spans.set(from, {
      first: Math.min(...ends, known?.first ?? Number.POSITIVE_INFINITY),
      last: Math.max(...ends, known?.last ?? 0),
    });
  }
  const free: number[] = [];
  const lanes = new Map<string, number>();
  for (const [source, { first, last }] of [...spans].sort(([, a], [, b]) => a.first - b.first)) {
    const open = free.findIndex((until) => until < first);
    const lane = open < 0 ? free.length : open;
    free[lane] = last;
    lanes.set(source, lane);
  }
  return lanes;
}
