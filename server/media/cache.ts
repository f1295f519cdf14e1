/** Two small memories for delivery: of whole files (bounded in bytes) and of answers that are true for a moment. */

/** Keeps the files used last. Parallel readers of one file share one read. */
export class FileCache {
  readonly #max: number;
  readonly #read: (path: string) => Promise<Buffer | null>;
  readonly #kept = new Map<string, Buffer>();
  readonly #reading = new Map<string, Promise<Buffer | null>>();
  #bytes = 0;

  constructor(max_bytes: number, read: (path: string) => Promise<Buffer | null>) {
    this.#max = max_bytes;
    this.#read = read;
  }

  get(path: string): Buffer | Promise<Buffer | null> {
    const kept = this.#kept.get(path);
    if (!kept) return this.#reading.get(path) ?? this.#fetch(path);
    // Taking it out and putting it back makes it the youngest.
    this.#kept.delete(path);
    this.#kept.set(path, kept);
    return kept;
  }

  async #fetch(path: string): Promise<Buffer | null> {
    const reading = this.#read(path).finally(() => this.#reading.delete(path));
    this.#reading.set(path, reading);
    const file = await reading;
    if (file) this.#keep(path, file);
    return file;
  }

  #keep(path: string, file: Buffer): void {
    this.#kept.set(path, file);
    this.#bytes += file.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#bytes <= this.#max) break;
      this.#kept.delete(oldest);
      this.#bytes -= length;
    }
  }
}

/** Remembers an answer for `ttl_ms`, or until it is forgotten; parallel askers share one question. */
export class Moment<T> {
  readonly #ttl: number;
  readonly #ask: (name: string) => Promise<T>;
  readonly #known = new Map<string, { answer: Promise<T>; until: number }>();

  constructor(ttl_ms: number, ask: (name: string) => Promise<T>) {
    this.#ttl = ttl_ms;
    this.#ask = ask;
  }

  get(name: string): Promise<T> {
    const now = performance.now();
    const known = this.#known.get(name);
    if (known && known.until > now) return known.answer;
    const answer = this.#ask(name);
    this.#known.delete(name);
    this.#known.set(name, { answer, until: now + this.#ttl });
    answer.catch(() => this.forget(name));
    this.#sweep(now);
    return answer;
  }

  /** Forgets an answer, and all whose name begins with `name/`. */
  forget(name: string): void {
    this.#known.delete(name);
    for (const known of this.#known.keys()) if (known.startsWith(`${name}/`)) this.#known.delete(known);
  }

  #sweep(now: number): void {
    for (const [name, { until }] of this.#known) {
      if (until > now) return;
      this.#known.delete(name);
    }
  }
}
