/**
 * The lock order of the house. Two transactions that take locks in different order end as a deadlock for one of them:
 * batches that took accounts and stock in either order made 146 commits in three seconds. So whoever locks rows says
 * so first, and is stopped when the order is wrong.
 */
import assert from 'node:assert/strict';
import type { Tx } from './db.ts';

/** Rows are locked in this order, by id within a room. It is the order of the rooms, and the ledger is last. */
const ORDER = [
  'people',
  'payments',
  'wallet',
  'media',
  'videos',
  'rooms',
  'tips',
  'gifts',
  'catalog',
  'orders',
  'messages',
  'moderation',
  'ledger',
] as const;
export type LockRank = (typeof ORDER)[number];

const held = new WeakMap<Tx, { rank: number; last: string }>();

/**
 * Declares that rows are about to be locked.
 * @param table several tables of one room are locked in alphabetical order
 * @returns the ids, unique and in the order to lock them in
 */
export function inLockOrder(tx: Tx, room: LockRank, table: string, ids: Iterable<string>): string[] {
  const sorted = [...new Set(ids)].sort();
  if (sorted.length === 0) return sorted;
  const rank = ORDER.indexOf(room);
  const before = held.get(tx);
  const [first, last] = [`${table} ${sorted[0]}`, `${table} ${sorted.at(-1)}`];
  if (before) {
    const fits = rank > before.rank || (rank === before.rank && first > before.last);
    assert(fits, `lock order: ${first} after ${ORDER[before.rank]} ${before.last}`);
  }
  held.set(tx, { rank, last });
  return sorted;
}
