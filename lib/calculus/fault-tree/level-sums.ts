/**
 * Sums by level, each added to over a range of levels. Only adds, never takes away, so that a small sum beside a large
 * one keeps its digits.
 *
 * @internal
 */
export class LevelSums {
  private readonly size: number;
  private readonly sums: Float64Array;

  constructor(levels: number) {
    this.size = Math.max(1, levels);
    this.sums = new Float64Array(this.size * 2);
  }

  /** Adds to every level from `from` up to, and without, `to`. */
  add(from: number, to: number, amount: number): void {
    const { sums, size } = this;
    for (let low = from + size, high = to + size; low < high; low >>= 1, high >>= 1) {
      if (low & 1) addTo(sums, low++, amount);
      if (high & 1) addTo(sums, --high, amount);
    }
  }

  at(level: number): number {
    let sum = 0;
    for (let place = level + this.size; place > 0; place >>= 1) sum += this.sums[place] as number;
    return sum;
  }
}

/** @internal */
export function addTo(sums: Float64Array, at: number, amount: number): void {
  sums[at] = (sums[at] as number) + amount;
}
