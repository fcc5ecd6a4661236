/**
 * What a diagram gives when it may have no more nodes.
 *
 * @internal
 */
export const FULL = -1;

/** Both leaves lie below every level. */
const LEAF_LEVEL = 0x7fffffff;

const FIRST_SIZE = 1 << 12;

/**
 * The nodes of a decision diagram, each there once: a level, and where it leads when the variable of that level is
 * false or true. Nodes 0 and 1 are the leaves. A node has a higher number than those it leads to, so that one loop
 * over the numbers is a pass from the leaves up.
 *
 * @internal
 */
export class NodeTable {
  level = new Int32Array(FIRST_SIZE);
  low = new Int32Array(FIRST_SIZE);
  high = new Int32Array(FIRST_SIZE);

  /** How many nodes there are, both leaves included. */
  count = 2;

  /** Open addressing; 0 is an empty place, as no leaf is looked up. */
  private places = new Int32Array(FIRST_SIZE * 2);

  constructor(public maxNodes: number) {
    this.level[0] = LEAF_LEVEL;
    this.level[1] = LEAF_LEVEL;
  }

  /** The node that leads there, new if there is none; {@link FULL} when there may be no more. */
  node(level: number, low: number, high: number): number {
    const mask = this.places.length - 1;
    let place = hash(level, low, high) & mask;
    for (let found = this.places[place] as number; found !== 0; found = this.places[place] as number) {
      if (this.low[found] === low && this.high[found] === high && this.level[found] === level) return found;
      place = (place + 1) & mask;
    }
    if (this.count >= this.maxNodes) return FULL;
    const added = this.count++;
    this.level[added] = level;
    this.low[added] = low;
    this.high[added] = high;
    this.places[place] = added;
    if (this.count === this.level.length) this.grow();
    return added;
  }

  /**
   * Takes away the nodes from `start` on that none of some roots needs, moves the others down, and gives the new
   * number of each. Nodes before `start` stay.
   */
  collect(start: number, roots: Iterable<number>): Int32Array {
    const { level, low, high } = this;
    const moved = this.unplaceFrom(start, roots);
    const end = this.count;
    this.count = start;
    const now = (node: number) => (node < start ? node : (moved[node - start] as number));
    for (let node = start; node < end; node += 1)
      if (moved[node - start] === 1)
        moved[node - start] = this.node(
          level[node] as number,
          now(low[node] as number),
          now(high[node] as number),
        );
    return moved;
  }

  /** Empties the places of the nodes from `start` on, and marks those that the roots need. */
  private unplaceFrom(start: number, roots: Iterable<number>): Int32Array {
    const { low, high, count } = this;
    const marked = new Int32Array(count - start);
    for (const root of roots) if (root >= start) marked[root - start] = 1;
    for (let node = count - 1; node >= start; node -= 1) {
      this.unplace(node);
      if (marked[node - start] === 0) continue;
      const down = low[node] as number;
      const up = high[node] as number;
      if (down >= start) marked[down - start] = 1;
      if (up >= start) marked[up - start] = 1;
    }
    return marked;
  }

  /** Empties the place of the node placed last: with linear probing, none was moved on by it. */
  private unplace(node: number): void {
    const { places, level, low, high } = this;
    const mask = places.length - 1;
    let place = hash(level[node] as number, low[node] as number, high[node] as number) & mask;
    while (places[place] !== node) place = (place + 1) & mask;
    places[place] = 0;
  }

  private grow(): void {
    const size = this.level.length * 2;
    this.level = copied(this.level, size);
    this.low = copied(this.low, size);
    this.high = copied(this.high, size);
    this.places = new Int32Array(size * 2);
    this.index();
  }

  private index(): void {
    const { places, level, low, high, count } = this;
    const mask = places.length - 1;
    for (let node = 2; node < count; node += 1) {
      let place = hash(level[node] as number, low[node] as number, high[node] as number) & mask;
      while (places[place] !== 0) place = (place + 1) & mask;
      places[place] = node;
    }
  }
}

function copied(from: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(size);
  to.set(from);
  return to;
}

/**
 * Mixes three numbers into one whose low bits are well spread.
 *
 * @internal
 */
export function hash(a: number, b: number, c: number): number {
  let mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
