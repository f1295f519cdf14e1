import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { anyId, wireId } from '../kernel/ids.ts';
import { positiveDigits, signedDigits, timeCodec } from '../kernel/money.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { defineLedgerJobs } from './jobs.ts';
import { namesOf } from './owners.ts';
import { type Account, accountsOf, findAccount, transfersByRef, transfersOf, trialBalance } from './statements.ts';

const account = z.object({
  account_id: wireId('account'),
  /** Whose: a person or a merchant; null: the house. */
  owner_id: z.uuid().nullable(),
  /** Null: the house, or somebody who left. `path`: where they stand in the web app. */
  owner: z.object({ name: z.string(), path: z.string().nullable() }).nullable(),
  kind: z.string(),
  asset: z.string(),
  debits: signedDigits,
  credits: signedDigits,
  balance: signedDigits,
  floor: signedDigits.nullable(),
  closed_at: timeCodec.nullable(),
});

const transfer = z.object({
  transfer_id: z.uuid(),
  seq: signedDigits,
  debit: wireId('account'),
  credit: wireId('account'),
  amount: positiveDigits,
  code: z.string(),
  /** The gift, order, top-up … it belongs to. */
  ref: z.uuid(),
  group_id: z.uuid().nullable(),
  debit_from: signedDigits,
  credit_from: signedDigits,
  debit_balance: signedDigits,
  credit_balance: signedDigits,
  event_at: timeCodec,
  recorded_at: timeCodec,
});

const trial = z.object({
  rows: z.array(
    z.object({
      asset: z.string(),
      kind: z.string(),
      accounts: z.number().int(),
      account_id: wireId('account').nullable(),
      debits: signedDigits,
      credits: signedDigits,
      balance: signedDigits,
    }),
  ),
  /** Per asset the sum of all balances, which is 0. */
  sums: z.array(z.object({ asset: z.string(), balance: signedDigits })),
});

const accountParams = z.object({ account_id: wireId('account') });

export function mountLedger(app: App): void {
  mountTrialBalance(app);
  mountAccounts(app);
  mountTransfers(app);
  defineLedgerJobs(app.souk);
}

function mountTrialBalance(app: App): void {
  route(
    app,
    {
      method: 'GET',
      url: '/ledger/trial-balance',
      who: 'finance',
      summary: 'Debits, credits and balance of every kind of account; per asset they sum to zero',
      response: { 200: trial },
    },
    async () => {
      const rows = await trialBalance(app.souk.db.q);
      const sums = [...Map.groupBy(rows, (row) => row.asset)].map(([asset, same]) => ({
        asset,
        balance: same.reduce((sum, row) => sum + row.balance, 0n),
      }));
      return { rows: rows.map((row) => ({ ...row, accounts: Number(row.accounts) })), sums };
    },
  );
}

function mountAccounts(app: App): void {
  const { db, config } = app.souk;
  const withOwners = async (rows: Account[]) => {
    const names = await namesOf(
      app.souk,
      rows.map((row) => row.owner_id),
    );
    return rows.map((row) => ({ ...row, owner: names.get(row.owner_id ?? '') ?? null }));
  };
  route(
    app,
    {
      method: 'GET',
      url: '/ledger/accounts',
      who: 'finance',
      summary: 'The accounts of one kind and asset',
      query: pageQuery.extend({ kind: z.string().max(100), asset: z.string().max(10) }),
      response: { 200: pageOf(account) },
    },
    async ({ query: { kind, asset, limit, after } }) => {
      const last = after === undefined ? undefined : String(decodeCursor(config, after)[0]);
      const rows = await accountsOf(db.q, { kind, asset }, { limit: limit + 1, after: last });
      return toPage(config, await withOwners(rows), limit, (row) => [row.account_id]);
    },
  );
  route(
    app,
    {
      method: 'GET',
      url: '/ledger/accounts/:account_id',
      who: 'finance',
      summary: 'One account with its counters',
      params: accountParams,
      response: { 200: account },
    },
    async ({ params }) => {
      const found = await findAccount(db.q, params.account_id);
      if (!found) throw new Refusal('not_found');
      const [named] = await withOwners([found]);
      return named!;
    },
  );
}

function mountTransfers(app: App): void {
  const { db, config } = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/ledger/accounts/:account_id/transfers',
      who: 'finance',
      summary: 'The statement of an account, newest first',
      params: accountParams,
      query: pageQuery,
      response: { 200: pageOf(transfer) },
    },
    async ({ params, query: { limit, after } }) => {
      if (!(await findAccount(db.q, params.account_id))) throw new Refusal('not_found');
      const before = after === undefined ? undefined : BigInt(decodeCursor(config, after)[0] ?? 0);
      const lines = await transfersOf(db.q, params.account_id, { limit: limit + 1, before });
      return toPage(config, lines, limit, (line) => [String(line.seq)]);
    },
  );
  route(
    app,
    {
      method: 'GET',
      url: '/ledger/transfers',
      who: 'finance',
      summary: 'All transfers of one gift, order, top-up …, in the order of the book',
      query: z.object({ ref: anyId }),
      response: { 200: z.object({ items: z.array(transfer) }) },
    },
    async ({ query }) => ({ items: await transfersByRef(db.q, query.ref) }),
  );
}
