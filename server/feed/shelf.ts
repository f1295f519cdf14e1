/** Lists that many viewers share, kept for a while: most pages are ranked without asking the database. */

interface Kept<V> {
  value: V;
  until: number;
}

/** Values by key, each for `ttl_ms`, the least recently made dropped first. */
export class Shelf<V> {
  readonly #kept = new Map<string, Kept<V>>();
  readonly #ttl_ms: number;
  readonly #most: number;

  constructor(ttl_ms: number, most: number) {
    this.#ttl_ms = ttl_ms;
    this.#most = most;
  }

  /** Asks for what is missing in one go. What `load` does not answer is kept as `empty`. */
  async get(keys: string[], now: Date, load: (missing: string[]) => Promise<Map<string, V>>, empty: V) {
    const at = now.getTime();
    const missing = keys.filter((key) => (this.#kept.get(key)?.until ?? 0) <= at);
    if (missing.length > 0) {
      const loaded = await load(missing);
      for (const key of missing) this.#put(key, loaded.get(key) ?? empty, at);
    }
    return new Map(keys.map((key) => [key, this.#kept.get(key)?.value ?? empty]));
  }

  #put(key: string, value: V, at: number): void {
    this.#kept.delete(key);
    this.#kept.set(key, { value, until: at + this.#ttl_ms });
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value as string);
  }

  drop(key: string): void {
    this.#kept.delete(key);
  }

  clear(): void {
    this.#kept.clear();
  }
}
