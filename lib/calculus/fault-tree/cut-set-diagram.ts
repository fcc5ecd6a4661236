import { FULL, NodeTable } from './node-table';
import { OperationCache } from './operation-cache';

const ASK = -1;

/** The result so far is to be thinned out by one more family. */
const THEN = -2;

/**
 * Zero-suppressed decision diagrams: families of sets. 0 is the empty family, 1 the family of the empty set; a node is
 * the sets of its high side with the variable of its level, and those of its low side.
 *
 * @see Minato, Zero-suppressed BDDs for set manipulation in combinatorial problems, DAC 1993
 * @internal
 */
export class CutSetDiagram {
  readonly table: NodeTable;
  private readonly cache = new OperationCache();

  /** Frames of three: level, {@link ASK} or {@link THEN}; a family; what it is thinned out by. */
  private frames = new Int32Array(3 << 10);
  private results = new Int32Array(3 << 10);

  constructor(
    maxNodes: number,
    private steps: number,
  ) {
    this.table = new NodeTable(maxNodes);
  }

  /** The sets of `high`, each with a variable above all its own, and those of `low`. */
  join(level: number, high: number, low: number): number {
    return high === 0 ? low : this.table.node(level, low, high);
  }

  /** The sets of `f` that include no set of `g`; both families hold minimal sets only. {@link FULL} when that takes too much. */
  without(f: number, g: number): number {
    this.cache.fit(this.table.count);
    let top = this.push(0, ASK, f, g);
    let given = 0;
    while (top > 0) {
      top -= 3;
      this.steps -= 1;
      if (this.steps < 0) return FULL;
      const level = this.frames[top] as number;
      const second = this.frames[top + 2] as number;
      if (level === THEN) {
        top = this.push(top, ASK, this.results[--given] as number, second);
      } else if (level === ASK) {
        const known = this.known(top);
        if (known >= 0) this.results[given++] = known;
        else top = this.expand(top);
      } else {
        const low = this.results[--given] as number;
        const node = this.join(level, this.results[--given] as number, low);
        if (node === FULL) return FULL;
        this.cache.keep(this.frames[top + 1] as number, second, 0, node);
        this.results[given++] = node;
      }
    }
    return this.results[0] as number;
  }

  /** What a frame comes to, when that is plain or kept; leaves out what cannot matter. */
  private known(at: number): number {
    const { frames, table } = this;
    const f = frames[at + 1] as number;
    let g = frames[at + 2] as number;
    // A family of minimal sets that has the empty set has no other.
    if (f === 1) return g === 1 ? 0 : 1;
    while ((table.level[g] as number) < (table.level[f] as number)) g = table.low[g] as number;
    if (g === 0) return f;
    if (f === 0 || g === 1 || f === g) return 0;
    frames[at + 2] = g;
    return this.cache.result(f, g, 0);
  }

  private expand(at: number): number {
    const { level, low, high } = this.table;
    const f = this.frames[at + 1] as number;
    const g = this.frames[at + 2] as number;
    this.frames[at] = level[f] as number;
    if (level[g] !== level[f])
      return this.push(this.push(at + 3, ASK, low[f] as number, g), ASK, high[f] as number, g);
    const below = this.push(at + 3, ASK, low[f] as number, low[g] as number);
    return this.push(this.push(below, THEN, 0, low[g] as number), ASK, high[f] as number, high[g] as number);
  }

  private push(at: number, level: number, f: number, g: number): number {
    if (at + 3 > this.frames.length) {
      const frames = new Int32Array(this.frames.length * 2);
      frames.set(this.frames);
      this.frames = frames;
      const results = new Int32Array(frames.length);
      results.set(this.results);
      this.results = results;
    }
    this.frames[at] = level;
    this.frames[at + 1] = f;
    this.frames[at + 2] = g;
    return at + 3;
  }
}
