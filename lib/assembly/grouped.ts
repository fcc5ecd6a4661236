/** Lists of values by key, which grow in place: copying a list for each value would be quadratic. */
export class Grouped<K, V> {
  readonly #lists = new Map<K, V[]>();

  add(key: K, value: V): void {
    const list = this.#lists.get(key);
    if (list) list.push(value);
    else this.#lists.set(key, [value]);
  }

  of(key: K): readonly V[] {
    return this.#lists.get(key) ?? [];
  }
}
