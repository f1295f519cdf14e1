/**
 * Transfers a second: one per transaction against batches, random accounts against one hot account.
 * All through the same driver and server, interleaved, median of the rounds.
 */
import { Registry } from 'prom-client';
import { createBatchers, defineBatcher } from '../server/kernel/batcher.ts';
import { systemClock } from '../server/kernel/clock.ts';
import type { Context } from '../server/kernel/context.ts';
import { createDb, createPool, createTx, inTx } from '../server/kernel/db.ts';
import { mintId } from '../server/kernel/ids.ts';
import { accountId, checkInvariants, openAccounts, type Posted, post, type Transfer } from '../server/ledger/index.ts';
import { judge } from '../server/ledger/judge.ts';
import { findRecorded, lockRows } from '../server/ledger/queries.ts';
import { benchCluster, cpuOf, type Goal, median, quantile, type Scenario } from './scenario.ts';

const ACCOUNTS = 100_000;
const ROUNDS = 3;
const SECONDS = 4;
/** Single requests that wait for their answer at the same time. */
const WINDOW = 4_000;

type Pick = () => [debit: string, credit: string];
interface Round {
  rate: number;
  p50: number;
  p99: number;
  server_cpu: number;
  postgres_cpu: number;
}

const book = defineBatcher<Transfer, Posted>({
  name: 'book',
  maxBatch: 2_000,
  run: (tx, items) => post(tx, items, new Date()),
});

export const scenario: Scenario = {
  name: 'ledger',
  async run() {
    const { cluster, close } = await benchCluster();
    const url = cluster.url('souk_app');
    const db = createDb(createPool(url, 32, 'bench'));
    const hot = createPool(url, 4, 'bench batchers');
    const ctx = {
      db,
      hot,
      clock: systemClock,
      batchers: createBatchers(new Registry()),
      log: console,
    } as unknown as Context;
    try {
      const { random, to_one } = await fill(ctx);
      const ways: Record<string, () => Promise<Round>> = {
        'one per transaction, 8 in flight': () => measure(cluster.pid(), 8, () => single(ctx, random)),
        'one per transaction, 32 in flight': () => measure(cluster.pid(), 32, () => single(ctx, random)),
        'batched, random accounts': () => measure(cluster.pid(), WINDOW, () => book.submit(ctx, transfer(random()))),
        'batched, one hot account': () => measure(cluster.pid(), WINDOW, () => book.submit(ctx, transfer(to_one()))),
      };
      const rounds = new Map<string, Round[]>();
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const [name, way] of Object.entries(ways)) rounds.set(name, [...(rounds.get(name) ?? []), await way()]);
      }
      const { items, batches, statements } = ctx.batchers.stats().book!;
      show(rounds);
      console.log(
        `mean batch ${Math.round(items / batches)}, ${(statements / items).toFixed(4)} statements a transfer`,
      );
      const faults = await checkInvariants(db.q);
      if (faults.length > 0) throw new Error(faults.join('\n'));
      return goals((name) => median(rounds.get(name)!.map((round) => round.rate)));
    } finally {
      await Promise.all([db.pool.end(), hot.end()]);
      await close();
    }
  },
};

function goals(rate: (name: string) => number): Goal[] {
  const single = Math.max(rate('one per transaction, 8 in flight'), rate('one per transaction, 32 in flight'));
  const batched = rate('batched, random accounts');
  return [
    { what: 'batched to one per transaction', reached: batched / single, goal: 12, unit: 'x' },
    { what: 'hot account to random ones', reached: rate('batched, one hot account') / batched, goal: 0.9, unit: 'x' },
  ];
}

/** Wallets that never run dry in the time of a bench, and one that everybody pays. */
async function fill(ctx: Context): Promise<{ random: Pick; to_one: Pick }> {
  const owners = Array.from({ length: ACCOUNTS }, () => mintId());
  const at = new Date();
  const wallet = (owner: string | null) => ({ owner, kind: 'test.wallet', asset: 'XTS', floor: owner ? 0n : null });
  const source = accountId(null, 'test.wallet', 'XTS');
  for (let i = 0; i < ACCOUNTS; i += 10_000) {
    const some = owners.slice(i, i + 10_000);
    await inTx(ctx.db, (tx) => openAccounts(tx, [wallet(null), ...some.map(wallet)], at));
    await inTx(ctx.db, (tx) =>
      post(
        tx,
        some.map((owner) => transfer([source, idOf(owner)], 1_000_000n)),
        at,
      ),
    );
  }
  await ctx.db.pool.query('vacuum analyze').catch(() => {});
  const ids = owners.map(idOf);
  const any = () => ids[Math.floor(Math.random() * ids.length)]!;
  const other = (than: string): string => {
    const id = any();
    return id === than ? other(than) : id;
  };
  const random: Pick = () => {
    const debit = any();
    return [debit, other(debit)];
  };
  return { random, to_one: () => [other(ids[0]!), ids[0]!] };
}

const idOf = (owner: string) => accountId(owner, 'test.wallet', 'XTS');
const transfer = ([debit, credit]: [string, string], amount = 1n): Transfer => ({
  transfer_id: mintId(),
  debit,
  credit,
  amount,
  code: 'bench.moved',
  ref: mintId(),
  event_at: new Date(),
});

/** The same for one transfer, as quick as it can be: two round trips, all writes in one statement beside COMMIT. */
async function single(ctx: Context, pick: Pick): Promise<void> {
  const one = transfer(pick());
  const client = await ctx.db.pool.connect();
  const tx = createTx(client);
  const [, accounts, recorded] = await Promise.all([
    client.query('begin'),
    lockRows(tx, [one.debit, one.credit].sort()),
    findRecorded(tx, [one.transfer_id]),
  ]);
  const { verdicts, counters } = judge([one], accounts, recorded);
  const [verdict] = verdicts;
  if (verdict?.status !== 'posted') throw new Error('a bench transfer was refused');
  const [from, to] = [counters.get(one.debit)!, counters.get(one.credit)!];
  const counted = [one.debit, from.debits, from.credits, one.credit, to.debits, to.credits];
  const told = [one.transfer_id, one.amount, one.code, one.ref, one.event_at];
  const place = [verdict.debit_from, verdict.credit_from, verdict.debit_balance, verdict.credit_balance];
  const values = [...counted, ...told, ...place, new Date()];
  await Promise.all([client.query({ name: 'bench.single', text: WRITE_ONE, values }), client.query('commit')]);
  client.release();
}

const WRITE_ONE = `with counted as (
    update ledger.accounts set debits = new.debits, credits = new.credits
      from (values ($1::uuid, $2::bigint, $3::bigint), ($4::uuid, $5::bigint, $6::bigint)) as new (id, debits, credits)
     where account_id = new.id)
  insert into ledger.transfers (transfer_id, debit, credit, amount, code, ref, debit_from, credit_from,
      debit_balance, credit_balance, event_at, recorded_at)
    values ($7, $1, $4, $8, $9, $10, $12, $13, $14, $15, $11, $16)`;

async function measure(postgres: number | null, in_flight: number, work: () => Promise<unknown>): Promise<Round> {
  const took: number[] = [];
  const cpu = [process.cpuUsage(), cpuOf(postgres ?? 0)] as const;
  const start = performance.now();
  const until = start + SECONDS * 1_000;
  await Promise.all(
    Array.from({ length: in_flight }, async () => {
      for (let began = performance.now(); began < until; began = performance.now()) {
        await work();
        took.push(performance.now() - began);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu[0]);
  return {
    rate: took.length / seconds,
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    server_cpu: (user + system) / 1e6 / seconds,
    postgres_cpu: (cpuOf(postgres ?? 0) - cpu[1]) / seconds,
  };
}

function show(rounds: Map<string, Round[]>): void {
  const column = (of: Round[], value: (round: Round) => number, digits: number) =>
    median(of.map(value)).toFixed(digits);
  console.table(
    [...rounds].map(([name, of]) => ({
      way: name,
      'transfers/s': column(of, (round) => round.rate, 0),
      'p50 ms': column(of, (round) => round.p50, 1),
      'p99 ms': column(of, (round) => round.p99, 1),
      'cores server+load': column(of, (round) => round.server_cpu, 2),
      'cores PostgreSQL': column(of, (round) => round.postgres_cpu, 2),
    })),
  );
}
