/** Accounts: found by derivation, opened beforehand, locked in one order. */
import type { Tx } from '../kernel/db.ts';
import { deriveId } from '../kernel/ids.ts';
import { inLockOrder } from '../kernel/lock_order.ts';
import type { AccountState } from './judge.ts';
import { insertAccounts, lockRows, markClosed } from './queries.ts';

export interface NewAccount {
  /** A person or merchant; null: the house. */
  owner: string | null;
  kind: string;
  /** `COIN` or an ISO 4217 currency. */
  asset: string;
  /** The least the balance may reach: 0 for a wallet, null for no limit. */
  floor: bigint | null;
}

const MAX_REMEMBERED = 100_000;
const remembered = new Map<string, string>();

/**
 * The id of an account follows from whose, of what kind and in what asset it is: postings stay pure, nothing is looked
 * up, and the same account cannot be opened twice.
 */
export function accountId(owner: string | null, kind: string, asset: string): string {
  const name = `${owner ?? ''} ${kind} ${asset}`;
  let id = remembered.get(name);
  if (id === undefined) {
    id = deriveId('account', owner ?? '', kind, asset);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(name, id);
  }
  return id;
}

/** The id of a transfer: its source (a gift, an order, a top-up), the leg of the posting, and which of several. */
export const transferId = (source: string, leg: string, n = 0): string => deriveId(source, leg, n);

/** Opens what is not open yet. Never inside a hot batch: at sign-up, at the first order, when a market opens. */
export async function openAccounts(tx: Tx, accounts: readonly NewAccount[], at: Date): Promise<void> {
  const rows = accounts.map((account) => ({ ...account, id: accountId(account.owner, account.kind, account.asset) }));
  // In id order: two sign-ups that open the same house account must not wait for each other crosswise.
  rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  await insertAccounts(tx, rows, at);
}

/** From now on nothing moves on these accounts. */
export const closeAccounts = (tx: Tx, ids: readonly string[], at: Date): Promise<void> =>
  markClosed(tx, inLockOrder(tx, 'ledger', 'accounts', ids), at);

export type LockedAccounts = ReadonlyMap<string, AccountState>;

/**
 * Locks accounts and reads them, for a room that judges more than floors (caps, shares of a lot) before it posts.
 * Lock every account that the following `post` touches; accounts that do not exist are absent from the answer.
 */
export const lockAccounts = (tx: Tx, ids: Iterable<string>): Promise<LockedAccounts> =>
  lockRows(tx, inLockOrder(tx, 'ledger', 'accounts', ids));
