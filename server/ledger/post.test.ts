import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inTx } from '../kernel/db.ts';
import { mintId } from '../kernel/ids.ts';
import { openHouse } from '../test/harness.ts';
import {
  accountId,
  balances,
  checkInvariants,
  closeAccounts,
  lockAccounts,
  openAccounts,
  type Posted,
  post,
  type Transfer,
  transfersByRef,
  transfersOf,
  trialBalance,
} from './index.ts';

const { ctx, clock } = await openHouse(null);
const source = accountId(null, 'test.source', 'XTS');
const now = () => clock.now();

/** Opens wallets of the test currency, filled from a source without floor. */
async function wallets(...amounts: bigint[]): Promise<string[]> {
  const owners = amounts.map(() => mintId());
  await inTx(ctx.db, (tx) =>
    openAccounts(
      tx,
      [
        { owner: null, kind: 'test.source', asset: 'XTS', floor: null },
        ...owners.map((owner) => ({ owner, kind: 'test.wallet', asset: 'XTS', floor: 0n })),
      ],
      now(),
    ),
  );
  const ids = owners.map((owner) => accountId(owner, 'test.wallet', 'XTS'));
  const fills = ids.map((credit, i) => transfer({ debit: source, credit, amount: amounts[i]! }));
  await book(fills.filter(({ amount }) => amount > 0n));
  return ids;
}

const transfer = (given: Pick<Transfer, 'debit' | 'credit'> & Partial<Transfer>): Transfer => ({
  transfer_id: mintId(),
  amount: 1n,
  code: 'test.moved',
  ref: mintId(),
  event_at: now(),
  ...given,
});

const book = (transfers: Transfer[]): Promise<Posted[]> => inTx(ctx.db, (tx) => post(tx, transfers, now()));
const say = (verdict: Posted) => (verdict.status === 'refused' ? verdict.reason : verdict.status);

test('the same transfer from two connections: one posted, one exists', async () => {
  const [ann, bob] = (await wallets(100n, 0n)) as [string, string];
  for (let round = 0; round < 20; round += 1) {
    const same = transfer({ debit: ann, credit: bob });
    const [one, other] = await Promise.all([book([same]), book([same])]);
    assert.deepEqual([one[0]!.status, other[0]!.status].sort(), ['exists', 'posted']);
    assert.deepEqual({ ...one[0], status: '' }, { ...other[0], status: '' });
  }
  assert.equal((await balances(ctx.db.q, [ann])).get(ann), 80n);
});

test('one id for two different transfers at once: one posted, one id_reused', async () => {
  const [ann, bob, cleo, dan] = (await wallets(50n, 0n, 50n, 0n)) as [string, string, string, string];
  for (let round = 0; round < 20; round += 1) {
    const transfer_id = mintId();
    const verdicts = await Promise.all([
      book([transfer({ transfer_id, debit: ann, credit: bob })]),
      book([transfer({ transfer_id, debit: cleo, credit: dan })]),
    ]);
    assert.deepEqual(verdicts.flat().map(say).sort(), ['id_reused', 'posted']);
  }
});

test('A5: a thousand single spends of a wallet of a hundred: exactly a hundred happen', async () => {
  const [ann, bob] = (await wallets(100n, 0n)) as [string, string];
  const spends = Array.from({ length: 40 }, () =>
    book(Array.from({ length: 25 }, () => transfer({ debit: ann, credit: bob }))),
  );
  const verdicts = (await Promise.all(spends)).flat().map(say);
  assert.equal(verdicts.filter((verdict) => verdict === 'posted').length, 100);
  assert.equal(verdicts.filter((verdict) => verdict === 'floor_reached').length, 900);
});

test('A6: crosswise transfers between many never end in a deadlock', async () => {
  const ids = await wallets(...Array.from({ length: 12 }, () => 1_000n));
  const cross = (n: number) =>
    Array.from({ length: 30 }, (_, i) =>
      transfer({
        debit: ids[(n + i) % 12]!,
        credit: ids[(n * 7 + i * 5 + 1 + ((n * 6 + i * 4 + 1) % 12 === 0 ? 1 : 0)) % 12]!,
      }),
    ).filter(({ debit, credit }) => debit !== credit);
  const before = await deadlocks();
  await Promise.all(Array.from({ length: 40 }, (_, n) => book(n % 2 ? cross(n) : cross(n).reverse())));
  assert.equal(await deadlocks(), before);
});

async function deadlocks(): Promise<bigint> {
  const sql = 'select deadlocks from pg_stat_database where datname = current_database()';
  return (await ctx.db.pool.query<{ deadlocks: bigint }>(sql)).rows[0]!.deadlocks;
}

test('A24: a group that takes from several wallets takes from all or from none', async () => {
  const [ann, bob, shop] = (await wallets(5n, 5n, 0n)) as [string, string, string];
  const group = (a: bigint, b: bigint) => {
    const group_id = mintId();
    return [
      transfer({ debit: ann, credit: shop, amount: a, group_id }),
      transfer({ debit: bob, credit: shop, amount: b, group_id }),
    ];
  };
  assert.deepEqual((await book(group(5n, 6n))).map(say), ['group_failed', 'floor_reached']);
  const balance = await balances(ctx.db.q, [ann, bob, shop]);
  assert.deepEqual(
    [ann, bob, shop].map((id) => balance.get(id)),
    [5n, 5n, 0n],
  );
  const whole = group(5n, 5n);
  assert.deepEqual((await book(whole)).map(say), ['posted', 'posted']);
  assert.deepEqual((await book(whole)).map(say), ['exists', 'exists']);
});

test('a closed account moves no more', async () => {
  const [ann, bob] = (await wallets(5n, 0n)) as [string, string];
  await inTx(ctx.db, (tx) => closeAccounts(tx, [bob], now()));
  assert.deepEqual((await book([transfer({ debit: ann, credit: bob })])).map(say), ['account_closed']);
});

test('accounts that were locked and read before are posted to without another lock', async () => {
  const [ann, bob] = (await wallets(5n, 0n)) as [string, string];
  const [verdict] = await inTx(ctx.db, async (tx) => {
    const locked = await lockAccounts(tx, [ann, bob]);
    assert.deepEqual([locked.get(ann)?.credits, locked.get(bob)?.credits], [5n, 0n]);
    return post(tx, [transfer({ debit: ann, credit: bob })], now(), locked);
  });
  assert.equal(verdict?.status, 'posted');
});

test('the lock order is asserted: accounts after accounts, and post once in a transaction', async () => {
  const [ann, bob] = (await wallets(5n, 0n)) as [string, string];
  const [low, high] = [ann, bob].sort() as [string, string];
  const backwards = inTx(ctx.db, async (tx) => {
    await lockAccounts(tx, [high]);
    await lockAccounts(tx, [low]);
  });
  await assert.rejects(backwards, /lock order/);
  const twice = inTx(ctx.db, async (tx) => {
    await post(tx, [], now());
    await post(tx, [], now());
  });
  await assert.rejects(twice, /once/);
});

test('a statement shows every transfer once, newest first, and its balances follow', async () => {
  const [ann, bob] = (await wallets(50n, 0n)) as [string, string];
  const ref = mintId();
  await book(Array.from({ length: 9 }, () => transfer({ debit: ann, credit: bob, ref })));
  await book([transfer({ debit: bob, credit: ann, amount: 4n, ref })]);
  const pages = [];
  for (let before: bigint | undefined; ; ) {
    const page = await transfersOf(ctx.db.q, ann, { limit: 4, before });
    pages.push(...page);
    if (page.length < 4) break;
    before = page.at(-1)!.seq;
  }
  assert.deepEqual(
    pages.map((line) => (line.debit === ann ? line.debit_balance : line.credit_balance)),
    [45n, 41n, 42n, 43n, 44n, 45n, 46n, 47n, 48n, 49n, 50n],
  );
  assert.equal((await transfersByRef(ctx.db.q, ref)).length, 10);
});

test('the trial balance sums to zero', async () => {
  const rows = await trialBalance(ctx.db.q);
  assert.equal(
    rows.reduce((sum, row) => sum + row.balance, 0n),
    0n,
  );
});

/** The book as anybody would write it down first: one list, and each group tried on a copy. */
function model(opening: Map<string, bigint>) {
  let balance = new Map(opening);
  let ids = new Map<string, string>();
  const one = (t: Transfer, state: { balance: Map<string, bigint>; ids: Map<string, string> }): string => {
    const content = [t.debit, t.credit, t.amount, t.group_id].join();
    const before = state.ids.get(t.transfer_id);
    if (before !== undefined) return before === content ? 'exists' : 'id_reused';
    if (t.amount <= 0n) return 'amount_invalid';
    const [from, to] = [state.balance.get(t.debit), state.balance.get(t.credit)];
    if (from === undefined || to === undefined) return 'account_unknown';
    if (t.debit !== source && from < t.amount) return 'floor_reached';
    state.balance.set(t.debit, from - t.amount).set(t.credit, to + t.amount);
    state.ids.set(t.transfer_id, content);
    return 'posted';
  };
  const group = (transfers: Transfer[]): string[] => {
    const state = { balance: new Map(balance), ids: new Map(ids) };
    const verdicts = transfers.map((t) => one(t, state));
    const whole = new Set(verdicts).size === 1;
    if (whole) ({ balance, ids } = state);
    const fails = (verdict: string, t: Transfer) =>
      verdict === 'posted' || (verdict === 'exists' && !ids.has(t.transfer_id));
    return whole ? verdicts : verdicts.map((verdict, i) => (fails(verdict, transfers[i]!) ? 'group_failed' : verdict));
  };
  return { balance: () => balance, group };
}

test('any batches of any transfers end as in a small model of the book', async () => {
  const leg = fc.record({
    from: fc.nat(5),
    to: fc.nat(5),
    amount: fc.integer({ min: 0, max: 12 }),
    again: fc.option(fc.nat(9), { freq: 4 }),
  });
  const batches = fc.array(fc.array(fc.array(leg, { minLength: 1, maxLength: 3 }), { maxLength: 8 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(batches, async (script) => {
      const accounts = [source, ...(await wallets(20n, 10n, 0n, 5n)), mintId()];
      const opening = await balances(ctx.db.q, accounts);
      const expected = model(opening);
      const ref = mintId();
      const known: string[] = [];
      for (const batch of script) {
        const groups = batch.map((legs) => {
          const group_id = legs.length > 1 ? mintId() : undefined;
          return legs
            .filter(({ from, to }) => from !== to)
            .map(({ from, to, amount, again }) => {
              const transfer_id = (again === null ? undefined : known[again]) ?? mintId();
              known.unshift(transfer_id);
              const [debit, credit] = [accounts[from]!, accounts[to]!];
              return transfer({ transfer_id, debit, credit, amount: BigInt(amount), group_id, ref });
            });
        });
        const verdicts = await book(groups.flat());
        assert.deepEqual(verdicts.map(say), groups.flatMap(expected.group));
      }
      assert.deepEqual(await balances(ctx.db.q, accounts), expected.balance());
    }),
    { numRuns: 60 },
  );
  assert.deepEqual(await checkInvariants(ctx.db.q), []);
});
