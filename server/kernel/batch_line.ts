/** The waiting line of one batcher in one process: gathers, commits, runs again, finds the poisoned item. */
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import type { Answer } from './answer.ts';
import { type Asked, commitBatch, type Outcome } from './batch_transaction.ts';
import type { BatcherSpec } from './batcher.ts';
import type { Context } from './context.ts';
import { isItsOwnFault, isLost, mayRunAgain, refusalOfMachine } from './db_errors.ts';
import { replay, type StoredAnswer } from './idempotency.ts';
import { Refusal } from './refusal.ts';

/** One request that waits for its batch. With a key it is told the answer, without one the result. */
export interface Entry<Item, Result> extends Asked<Item> {
  resolve(done: Result | Answer): void;
  reject(error: unknown): void;
}

/** Counts since the start. */
export interface LineStats {
  batches: number;
  /** items / batches is the mean batch size */
  items: number;
  statements: number;
  /** Turned away because the line was full. */
  overflows: number;
  /** Batches that ran again after a conflict or a lost connection. */
  reruns: number;
  /** Batches that were halved to find a poisoned item. */
  halvings: number;
}

const IN_FLIGHT = 2;
const MAX_BATCH = 1_000;
const MAX_QUEUE = 20_000;
const RERUNS = 3;
/** How long a batch waits for a PostgreSQL that went away: longer than its recovery after `kill -9` (FAULTS G2). */
const LOST_FOR_MS = 15_000;

export class Line<Item, Result> {
  readonly stats: LineStats = { batches: 0, items: 0, statements: 0, overflows: 0, reruns: 0, halvings: 0 };
  readonly #spec: BatcherSpec<Item, Result>;
  readonly #ctx: Context;
  #queue: Entry<Item, Result>[] = [];
  /** Keys of queued and running items → later requests with the same key, which wait for the first one's answer. */
  readonly #followers = new Map<string, Entry<Item, Result>[]>();
  /** Taken and not yet answered. */
  #open = 0;
  #workers = 0;
  #closed = false;
  #when_idle: (() => void)[] = [];

  constructor(spec: BatcherSpec<Item, Result>, ctx: Context) {
    this.#spec = spec;
    this.#ctx = ctx;
  }

  get open(): number {
    return this.#open;
  }

  /** Refuses `overloaded` when the line is full: memory stays flat, and the caller hears at once. */
  add(entry: Entry<Item, Result>): void {
    if (this.#closed || this.#open >= (this.#spec.maxQueue ?? MAX_QUEUE)) {
      this.stats.overflows += 1;
      throw new Refusal('overloaded', { retry_after_s: 1 });
    }
    this.#open += 1;
    const followers = entry.key && this.#followers.get(entry.key.key_id);
    if (followers) followers.push(entry);
    else this.#enqueue(entry, []);
  }

  /** Takes nothing new from now on. */
  close(): void {
    this.#closed = true;
  }

  /** Resolves when everything taken is answered. */
  idle(): Promise<void> {
    return this.#open === 0 ? Promise.resolve() : new Promise((resolve) => this.#when_idle.push(resolve));
  }

  #enqueue(entry: Entry<Item, Result>, followers: Entry<Item, Result>[]): void {
    if (entry.key) this.#followers.set(entry.key.key_id, followers);
    this.#queue.push(entry);
    if (this.#workers < IN_FLIGHT) void this.#work();
  }

  /** Commits batch after batch until nothing waits. */
  async #work(): Promise<void> {
    this.#workers += 1;
    // One turn of the event loop: what arrived in the same read of a socket shares the batch.
    await turn();
    while (this.#queue.length > 0) await this.#commit(this.#queue.splice(0, this.#spec.maxBatch ?? MAX_BATCH));
    this.#workers -= 1;
  }

  async #commit(batch: Entry<Item, Result>[]): Promise<void> {
    const gone_until = performance.now() + LOST_FOR_MS;
    for (let tried = 0; ; tried += 1) {
      try {
        const { outcomes, statements } = await commitBatch(this.#spec, this.#ctx, batch);
        this.stats.batches += 1;
        this.stats.items += batch.length;
        this.stats.statements += statements;
        for (const [i, entry] of batch.entries()) this.#settle(entry, outcomes[i]!);
        return;
      } catch (error) {
        const again = isLost(error) ? performance.now() < gone_until : mayRunAgain(error) && tried < RERUNS;
        if (!again) return this.#giveUp(batch, error);
        this.stats.reruns += 1;
        await pause(Math.min(500, 5 * 2 ** tried) * (0.5 + Math.random()));
      }
    }
  }

  async #giveUp(batch: Entry<Item, Result>[], error: unknown): Promise<void> {
    if (!isItsOwnFault(error)) {
      this.#ctx.log.error({ err: error, batcher: this.#spec.name, items: batch.length }, 'a batch failed');
      const code = refusalOfMachine(error)?.code ?? 'unavailable';
      const detail = 'Repeat the request with the same key: it will happen once.';
      for (const entry of batch) this.#fail(entry, new Refusal(code, { detail, retry_after_s: 1 }));
      return;
    }
    const [only] = batch;
    if (only && batch.length === 1) {
      this.#fail(only, error);
      return;
    }
    this.stats.halvings += 1;
    const half = batch.length >> 1;
    await this.#commit(batch.slice(0, half));
    await this.#commit(batch.slice(half));
  }

  #settle(entry: Entry<Item, Result>, outcome: Outcome<Result>): void {
    if (outcome.is === 'refused') {
      this.#fail(entry, outcome.refusal);
      return;
    }
    if (outcome.is === 'stored') {
      this.#replay(entry, outcome.answer);
    } else {
      const { result, answer } = outcome;
      this.#tell(() => entry.resolve(answer ? { status: answer.status, body: answer.body, replayed: false } : result));
    }
    if (outcome.answer) for (const follower of this.#takeFollowers(entry)) this.#replay(follower, outcome.answer);
  }

  #replay(entry: Entry<Item, Result>, answer: StoredAnswer): void {
    this.#tell(() => {
      try {
        entry.resolve(replay(answer, entry.key!));
      } catch (refusal) {
        entry.reject(refusal);
      }
    });
  }

  /** Nothing is stored for a key that was refused: the next request with it is judged on its own. */
  #fail(entry: Entry<Item, Result>, error: unknown): void {
    this.#tell(() => entry.reject(error));
    const [next, ...rest] = this.#takeFollowers(entry);
    if (next) this.#enqueue(next, rest);
  }

  #takeFollowers({ key }: Entry<Item, Result>): Entry<Item, Result>[] {
    const followers = key && this.#followers.get(key.key_id);
    if (key) this.#followers.delete(key.key_id);
    return followers ?? [];
  }

  #tell(tell: () => void): void {
    this.#open -= 1;
    tell();
    if (this.#open === 0) for (const resolve of this.#when_idle.splice(0)) resolve();
  }
}
