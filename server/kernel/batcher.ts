/**
 * Group commit: many callers' single requests become few transactions. While one batch commits (up to two are in
 * flight) the next one gathers; when nothing is in flight nothing waits, there is no timer. An item's rows, transfers,
 * stored answer and outbox event commit together or not at all.
 *
 *     const gifts = defineBatcher<SendGift, Gift>({ name: 'gifts', run: (tx, items, ctx) => … });
 *     const answer = await gifts.submitKeyed(ctx, { … }, key);
 */
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Answer, Json, RequestKey } from './answer.ts';
import { type Entry, Line, type LineStats } from './batch_line.ts';
import type { Context } from './context.ts';
import type { Tx } from './db.ts';
import { keyId } from './idempotency.ts';
import type { Refusal } from './refusal.ts';

export interface BatcherSpec<Item, Result> {
  /** Shown in metrics and logs. */
  name: string;
  /**
   * The work of a whole batch in one transaction: one result or refusal for each item, in order. It may run again with
   * the same items (a deadlock, a lost connection at COMMIT), so ids are minted before `submit`, and an item without a
   * key must be recognised by them. What it throws is the fault of one item: the batch is halved until it is found.
   */
  run(tx: Tx, items: Item[], ctx: Context): Promise<(Result | Refusal)[]>;
  /** Pure: the answer to store for a keyed item, in wire form. */
  answer?(result: Result, item: Item): { status: number; body: Json };
  /** Items in one transaction, default 1,000. */
  maxBatch?: number;
  /** Items that may wait, default 20,000; more are refused with `overloaded`. */
  maxQueue?: number;
}

export interface Batcher<Item, Result> {
  /** Resolves after the commit. Rejects with the item's refusal, with `overloaded`, or with `unavailable`. */
  submit(ctx: Context, item: Item): Promise<Result>;
  /** The same for a request with a key: one effect a key, one answer for ever; `key_reused` for another body. */
  submitKeyed(ctx: Context, item: Item, key: RequestKey): Promise<Answer>;
}

export function defineBatcher<Item, Result>(spec: BatcherSpec<Item, Result>): Batcher<Item, Result> {
  const add = (ctx: Context, item: Item, key?: Entry<Item, Result>['key']) =>
    new Promise<Result | Answer>((resolve, reject) => {
      ctx.batchers.lineOf(spec, ctx).add({ item, key, resolve, reject });
    });
  return {
    submit: (ctx, item) => add(ctx, item) as Promise<Result>,
    submitKeyed: (ctx, item, key) => add(ctx, item, { ...key, key_id: keyId(key) }) as Promise<Answer>,
  };
}

/** The waiting lines of one process. */
export interface Batchers {
  lineOf<Item, Result>(spec: BatcherSpec<Item, Result>, ctx: Context): Line<Item, Result>;
  /** Resolves when nothing waits and nothing is in flight. */
  idle(): Promise<void>;
  /** At stop: takes nothing new, and resolves when all that was taken is answered. */
  drain(): Promise<void>;
  /** By the batcher's name. */
  stats(): Record<string, LineStats>;
}

export function createBatchers(metrics: Registry): Batchers {
  const lines = new Map<BatcherSpec<any, any>, Line<any, any>>();
  let closed = false;
  const idle = async () => {
    // What one batcher did may have given another one work.
    const open = () => [...lines.values()].filter((line) => line.open > 0);
    while (open().length > 0) await Promise.all(open().map((line) => line.idle()));
  };
  expose(metrics, () => [...lines].map(([{ name }, line]) => [name, line]));
  return {
    lineOf(spec, ctx) {
      const line = lines.get(spec) ?? new Line(spec, ctx);
      if (closed) line.close();
      lines.set(spec, line);
      return line;
    },
    idle,
    async drain() {
      closed = true;
      for (const line of lines.values()) line.close();
      await idle();
    },
    stats: () => Object.fromEntries([...lines].map(([{ name }, line]) => [name, { ...line.stats }])),
  };
}

const FIGURES: Record<keyof LineStats, string> = {
  batches: 'Transactions that committed',
  items: 'Items in them; items / batches is the mean batch size',
  statements: 'SQL statements in them',
  overflows: 'Items turned away because the line was full',
  reruns: 'Batches that ran again after a conflict or a lost connection',
  halvings: 'Batches that were halved to find a poisoned item',
};

function expose(registry: Registry, lines: () => [string, Line<any, any>][]): void {
  const labelNames = ['batcher'];
  for (const [figure, help] of Object.entries(FIGURES) as [keyof LineStats, string][]) {
    new Counter({
      name: `souk_batcher_${figure}_total`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        for (const [batcher, line] of lines()) this.inc({ batcher }, line.stats[figure]);
      },
    });
  }
  new Gauge({
    name: 'souk_batcher_open',
    help: 'Items taken and not yet answered',
    labelNames,
    registers: [registry],
    collect() {
      for (const [batcher, line] of lines()) this.set({ batcher }, line.open);
    },
  });
}
