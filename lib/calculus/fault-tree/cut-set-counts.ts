import type { CutSetFamilies } from './cut-sets';

/** How many numbers may be kept. */
const MAX_KEPT = 8_000_000;

/**
 * How many sets of each order every family has, kept end to end.
 *
 * @internal
 */
export class CutSetCounts {
  private counts = new Float64Array(1 << 12);
  private used = 1;

  /** By node: where its counts begin, the order of the first, and how many there are. */
  private readonly from: Int32Array;
  private readonly first: Int32Array;
  private readonly length: Int32Array;

  private constructor(
    private readonly sets: CutSetFamilies,
    private readonly maxOrder: number,
  ) {
    const { count } = sets.table;
    this.from = new Int32Array(count);
    this.first = new Int32Array(count);
    this.length = new Int32Array(count);
    this.counts[0] = 1;
    this.length[1] = 1;
  }

  /** Counts up to an order. Undefined when they are too many to keep. */
  static of(sets: CutSetFamilies, maxOrder: number): CutSetCounts | undefined {
    const counts = new CutSetCounts(sets, maxOrder);
    for (let node = 2; node < sets.table.count; node += 1) {
      if (counts.used > MAX_KEPT) return undefined;
      counts.count(node);
    }
    return counts;
  }

  /** How many sets of an order a family has. */
  at(node: number, order: number): number {
    const index = order - (this.first[node] as number);
    return index < 0 || index >= (this.length[node] as number)
      ? 0
      : (this.counts[(this.from[node] as number) + index] as number);
  }

  /** How many of each order a family has; the index is the order. */
  byOrder(node: number): readonly number[] {
    const end = (this.first[node] as number) + (this.length[node] as number);
    return Array.from({ length: end }, (_, order) => this.at(node, order));
  }

  /** The family of a module that is a variable; 1, the family of the empty set, for an event. */
  familyAt(level: number): number {
    const unit = this.sets.units[level] as number;
    return unit >= 0 ? 1 : (this.sets.families[-1 - unit] as number);
  }

  /** Those of the high side, each with one of the variable's, and those of the low side. */
  private count(node: number): void {
    const { table, units } = this.sets;
    const low = table.low[node] as number;
    const high = table.high[node] as number;
    const level = table.level[node] as number;
    const own = this.familyAt(level);
    const extra = (units[level] as number) >= 0 ? 1 : 0;
    this.makeRoom(node, [
      [this.firstOf(low), this.endOf(low)],
      [this.firstOf(own) + this.firstOf(high) + extra, this.endOf(own) + this.endOf(high) + extra - 1],
    ]);
    this.addTo(node, low, 1, 0);
    for (let order = this.firstOf(own); order < this.endOf(own); order += 1)
      this.addTo(node, high, this.at(own, order), order + extra);
  }

  /** The least order of the sets of a family; infinite when it has none. */
  private firstOf(node: number): number {
    return this.length[node] === 0 ? Number.POSITIVE_INFINITY : (this.first[node] as number);
  }

  /** The order after the highest. */
  private endOf(node: number): number {
    return this.length[node] === 0
      ? Number.NEGATIVE_INFINITY
      : (this.first[node] as number) + (this.length[node] as number);
  }

  /** Sets places aside for the orders in some ranges, as far as they are counted. */
  private makeRoom(node: number, ranges: readonly (readonly [number, number])[]): void {
    const first = Math.min(...ranges.map(([from]) => from));
    const end = Math.min(this.maxOrder + 1, Math.max(...ranges.map(([, to]) => to)));
    const more = Math.max(0, end - first);
    this.reserve(more);
    this.from[node] = this.used;
    this.first[node] = more === 0 ? 0 : first;
    this.length[node] = more;
    this.used += more;
  }

  /** Adds the counts of one node, so many times, and of orders so much higher, to another's. */
  private addTo(node: number, other: number, times: number, higher: number): void {
    const up = (this.first[other] as number) + higher - (this.first[node] as number);
    const to = (this.from[node] as number) + up;
    const from = this.from[other] as number;
    const length = Math.min(this.length[other] as number, (this.length[node] as number) - up);
    for (let index = 0; index < length; index += 1)
      this.counts[to + index] =
        (this.counts[to + index] as number) + times * (this.counts[from + index] as number);
  }

  private reserve(more: number): void {
    if (this.used + more <= this.counts.length) return;
    const counts = new Float64Array(Math.max(this.used + more, this.counts.length * 2));
    counts.set(this.counts);
    this.counts = counts;
  }
}
