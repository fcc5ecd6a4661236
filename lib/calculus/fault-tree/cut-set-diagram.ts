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

  /** How many results there are so far. */
  private given = 0;

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
    this.given = 0;
    let top = this.push(0, ASK, f, g);
    while (top > 0) {
      top -= 3;
      this.steps -= 1;
      if (this.steps < 0) return FULL;
      const level = this.frames[top] as number;
      if (level === ASK) top = this.ask(top);
      else if (level === THEN) top = this.askOfResult(top);
      else if (this.joinResults(top, level) === FULL) return FULL;
    }
    return this.results[0] as number;
  }

  /**
   * The minimal sets of a function from those of its sides: the sets that need the variable are those of the high side
   * that include none of the low side. {@link FULL} when that takes too much.
   */
  minimal(level: number, high: number, low: number): number {
    const more = this.without(high, low);
    return more === FULL ? FULL : this.join(level, more, low);
  }

  /** Gives the result of a frame, or asks for what it is made of. */
  private ask(at: number): number {
    const known = this.known(at);
    if (known < 0) return this.expand(at);
    this.results[this.given++] = known;
    return at;
  }

  /** Asks for the last result without what the frame has. */
  private askOfResult(at: number): number {
    this.given -= 1;
    return this.push(at, ASK, this.results[this.given] as number, this.frames[at + 2] as number);
  }

  /** Makes one result of the last two: those of the high and of the low side. */
  private joinResults(at: number, level: number): number {
    this.given -= 2;
    const { frames, results, given } = this;
    const node = this.join(level, results[given] as number, results[given + 1] as number);
    if (node === FULL) return FULL;
    this.cache.keep(frames[at + 1] as number, frames[at + 2] as number, 0, node);
    results[this.given++] = node;
    return node;
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
