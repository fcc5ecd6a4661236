import { FULL, NodeTable } from './node-table';
import { OperationCache } from './operation-cache';

/** No operation yet: the frame of a stack is to be looked at for the first time. */
const ASK = -1;

/**
 * Binary decision diagrams: Boolean functions of ordered variables, equal functions being equal numbers.
 * 0 is false, 1 is true.
 *
 * There are no complement edges: subfunctions of a coherent tree are monotone, so no complement of one is ever
 * another, and `1 - p` on an edge would cost the digits of small probabilities.
 *
 * @see Bryant, Graph-based algorithms for Boolean function manipulation, IEEE Trans. Comp. 1986
 * @see Rauzy, New algorithms for fault trees analysis, Reliability Engineering and System Safety 1993
 * @internal
 */
export class DecisionDiagram {
  readonly table: NodeTable;
  private readonly cache = new OperationCache();

  /** Frames of four: level or {@link ASK}, condition, then, otherwise. */
  private frames = new Int32Array(1 << 12);
  private results = new Int32Array(1 << 12);

  constructor(maxNodes: number) {
    this.table = new NodeTable(maxNodes);
  }

  variable(level: number): number {
    return this.table.node(level, 0, 1);
  }

  and(f: number, g: number): number {
    return f < g ? this.choose(f, g, 0) : this.choose(g, f, 0);
  }

  or(f: number, g: number): number {
    return f < g ? this.choose(f, 1, g) : this.choose(g, 1, f);
  }

  not(f: number): number {
    return this.choose(f, 0, 1);
  }

  /** Takes away nodes from `start` on that no root needs; gives the new number of each, by its distance from `start`. */
  collect(start: number, roots: Iterable<number>): Int32Array {
    this.cache.forget();
    return this.table.collect(start, roots);
  }

  /** If `f` then `g` else `h`; {@link FULL} when that needs too many nodes. With a stack of its own: diagrams are deep. */
  choose(f: number, g: number, h: number): number {
    this.cache.fit(this.table.count);
    let top = this.ask(0, f, g, h);
    let given = 0;
    while (top > 0) {
      top -= 4;
      const level = this.frames[top] as number;
      if (level === ASK) {
        const known = this.known(top);
        if (known >= 0) this.results[given++] = known;
        else top = this.expand(top);
        continue;
      }
      const low = this.results[--given] as number;
      const high = this.results[--given] as number;
      const node = low === high ? low : this.table.node(level, low, high);
      if (node === FULL) return FULL;
      this.cache.keep(
        this.frames[top + 1] as number,
        this.frames[top + 2] as number,
        this.frames[top + 3] as number,
        node,
      );
      this.results[given++] = node;
    }
    return this.results[0] as number;
  }

  /** What a frame comes to, when that is plain or kept; simplifies the frame in place. */
  private known(at: number): number {
    const { frames } = this;
    const f = frames[at + 1] as number;
    const g = frames[at + 2] === f ? 1 : (frames[at + 2] as number);
    const h = frames[at + 3] === f ? 0 : (frames[at + 3] as number);
    if (f === 1 || g === h) return g;
    if (f === 0) return h;
    if (g === 1 && h === 0) return f;
    frames[at + 2] = g;
    frames[at + 3] = h;
    return this.cache.result(f, g, h);
  }

  private expand(at: number): number {
    const { level, low, high } = this.table;
    const f = this.frames[at + 1] as number;
    const g = this.frames[at + 2] as number;
    const h = this.frames[at + 3] as number;
    const first = Math.min(level[f] as number, level[g] as number, level[h] as number);
    this.frames[at] = first;
    const inF = level[f] === first;
    const inG = level[g] === first;
    const inH = level[h] === first;
    const below = this.ask(
      at + 4,
      inF ? (low[f] as number) : f,
      inG ? (low[g] as number) : g,
      inH ? (low[h] as number) : h,
    );
    return this.ask(
      below,
      inF ? (high[f] as number) : f,
      inG ? (high[g] as number) : g,
      inH ? (high[h] as number) : h,
    );
  }

  private ask(at: number, f: number, g: number, h: number): number {
    if (at + 4 > this.frames.length) {
      const frames = new Int32Array(this.frames.length * 2);
      frames.set(this.frames);
      this.frames = frames;
      const results = new Int32Array(this.frames.length);
      results.set(this.results);
      this.results = results;
    }
    const { frames } = this;
    frames[at] = ASK;
    frames[at + 1] = f;
    frames[at + 2] = g;
    frames[at + 3] = h;
    return at + 4;
  }
}
