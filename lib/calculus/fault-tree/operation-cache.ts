import { hash } from './node-table';

const FIRST_SIZE = 1 << 12;
const LAST_SIZE = 1 << 21;

/**
 * What operations on nodes gave: a place an operation, the later one stays. It forgets, and never lies.
 *
 * @internal
 */
export class OperationCache {
  private entries = new Int32Array(FIRST_SIZE * 4).fill(-1);
  private mask = FIRST_SIZE - 1;

  /** The result of an operation, or -1 when it is not known. */
  result(a: number, b: number, c: number): number {
    const at = (hash(a, b, c) & this.mask) << 2;
    const { entries } = this;
    return entries[at] === a && entries[at + 1] === b && entries[at + 2] === c
      ? (entries[at + 3] as number)
      : -1;
  }

  keep(a: number, b: number, c: number, result: number): void {
    const at = (hash(a, b, c) & this.mask) << 2;
    const { entries } = this;
    entries[at] = a;
    entries[at + 1] = b;
    entries[at + 2] = c;
    entries[at + 3] = result;
  }

  /** Makes room for the operations on so many nodes. */
  fit(nodes: number): void {
    if (nodes <= this.mask || this.mask + 1 >= LAST_SIZE) return;
    const old = this.entries;
    const size = Math.min(LAST_SIZE, (this.mask + 1) * 4);
    this.entries = new Int32Array(size * 4).fill(-1);
    this.mask = size - 1;
    for (let at = 0; at < old.length; at += 4)
      if (old[at] !== -1)
        this.keep(old[at] as number, old[at + 1] as number, old[at + 2] as number, old[at + 3] as number);
  }

  clear(): void {
    this.entries.fill(-1);
  }
}
