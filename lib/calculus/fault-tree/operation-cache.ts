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

  /** In which generation an entry was kept: those of earlier ones are forgotten. */
  private generations = new Uint16Array(FIRST_SIZE);
  private generation = 0;

  /** The result of an operation, or -1 when it is not known. */
  result(a: number, b: number, c: number): number {
    const place = hash(a, b, c) & this.mask;
    if (this.generations[place] !== this.generation) return -1;
    const at = place << 2;
    const { entries } = this;
    const isSame = entries[at] === a && entries[at + 1] === b && entries[at + 2] === c;
    return isSame ? (entries[at + 3] as number) : -1;
  }

  keep(a: number, b: number, c: number, result: number): void {
    const place = hash(a, b, c) & this.mask;
    const at = place << 2;
    const { entries } = this;
    this.generations[place] = this.generation;
    entries[at] = a;
    entries[at + 1] = b;
    entries[at + 2] = c;
    entries[at + 3] = result;
  }

  /** Makes room for the operations on so many nodes. */
  fit(nodes: number): void {
    if (nodes <= this.mask || this.mask + 1 >= LAST_SIZE) return;
    const size = Math.min(LAST_SIZE, (this.mask + 1) * 4);
    this.entries = new Int32Array(size * 4).fill(-1);
    this.generations = new Uint16Array(size);
    this.generation = 0;
    this.mask = size - 1;
  }

  /** Forgets all, as when nodes get other numbers. */
  forget(): void {
    this.generation += 1;
    if (this.generation < 0xffff) return;
    this.entries.fill(-1);
    this.generations.fill(0);
    this.generation = 0;
  }
}
