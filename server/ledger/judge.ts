/** The rules of the book, as a pure function: transfers in, verdicts and new counters out. No I/O, no clock. */
import assert from 'node:assert/strict';

/** What moves: `amount` from one account to another of the same asset. Immutable; a correction is another transfer. */
export interface Transfer {
  /** Derived from the source and the leg (`transferId`), so that doing a thing twice is seen. */
  transfer_id: string;
  /** The account whose `debits` grow. */
  debit: string;
  /** The account whose `credits` grow. */
  credit: string;
  /** Minor units or coins, more than 0. */
  amount: bigint;
  /** Why: `gift.sent`, `order.paid`. */
  code: string;
  /** The gift, order, top-up … it belongs to. */
  ref: string;
  /** All of a group or none; its transfers stand next to each other in the batch. */
  group_id?: string;
  event_at: Date;
}

/** An account as a batch finds it, locked. Balance = credits − debits. */
export interface AccountState {
  asset: string;
  debits: bigint;
  credits: bigint;
  /** The least the balance may reach; null: unlimited. */
  floor: bigint | null;
  closed: boolean;
}

export type Counters = Pick<AccountState, 'debits' | 'credits'>;

/** Where a transfer lies on the lines of its two accounts, and their balances after it. */
export interface Place {
  /** The debited account's `debits` before: it took the positions [debit_from, debit_from + amount). */
  debit_from: bigint;
  /** The credited account's `credits` before. */
  credit_from: bigint;
  debit_balance: bigint;
  credit_balance: bigint;
}

export type Recorded = Omit<Transfer, 'event_at'> & Place;

/** Why a transfer was not posted, in order of precedence. */
export const REASONS = [
  'id_reused',
  'amount_invalid',
  'account_unknown',
  'asset_mismatch',
  'account_closed',
  'floor_reached',
  'group_failed',
] as const;
export type Reason = (typeof REASONS)[number];

export type Posted = ({ status: 'posted' | 'exists' } & Place) | { status: 'refused'; reason: Reason };

export interface Judgement {
  verdicts: Posted[];
  /** New counters of the accounts that changed. */
  counters: Map<string, Counters>;
}

const MAX = 2n ** 63n - 1n;

/**
 * Judges a batch in order; later transfers see earlier ones.
 * @param accounts the touched accounts as they stand, locked
 * @param recorded the transfers of the book that have one of the batch's ids
 */
export function judge(
  transfers: readonly Transfer[],
  accounts: ReadonlyMap<string, AccountState>,
  recorded: ReadonlyMap<string, Recorded>,
): Judgement {
  const before = [...recorded].map(([id, one]) => [id, { what: one, place: one }] as const);
  const book: Book = { accounts, recorded: new Map(before), counters: new Map() };
  const verdicts: Posted[] = [];
  const groups_seen = new Set<string>();
  for (let at = 0; at < transfers.length; ) {
    const end = endOfGroup(transfers, at, groups_seen);
    if (end === at + 1) verdicts.push(judgeOne(transfers[at]!, book));
    else verdicts.push(...judgeGroup(transfers.slice(at, end), book));
    at = end;
  }
  return { verdicts, counters: changed(book) };
}

interface Book {
  accounts: ReadonlyMap<string, AccountState>;
  /** What stands in the book, from before or from this batch. Nothing is copied: batches are long. */
  recorded: Map<string, { what: Omit<Transfer, 'event_at'>; place: Place }>;
  counters: Map<string, Counters>;
}

function endOfGroup(transfers: readonly Transfer[], at: number, seen: Set<string>): number {
  const group_id = transfers[at]!.group_id;
  if (group_id === undefined) return at + 1;
  assert(!seen.has(group_id), 'the transfers of a group stand next to each other');
  seen.add(group_id);
  let end = at + 1;
  while (transfers[end]?.group_id === group_id) end += 1;
  return end;
}

/** A group is posted whole, or was posted whole before, or nothing of it is. */
function judgeGroup(group: Transfer[], book: Book): Posted[] {
  const verdicts = group.map((transfer) => judgeOne(transfer, book));
  if (new Set(verdicts.map((verdict) => verdict.status)).size === 1) return verdicts;
  for (const [i, { status }] of verdicts.entries()) if (status === 'posted') undo(group[i]!, book);
  return verdicts.map((verdict, i) => {
    const stands = verdict.status === 'refused' || book.recorded.has(group[i]!.transfer_id);
    return stands ? verdict : refused('group_failed');
  });
}

function judgeOne(transfer: Transfer, book: Book): Posted {
  assert(transfer.debit !== transfer.credit, 'a transfer needs two accounts');
  const before = book.recorded.get(transfer.transfer_id);
  if (before) {
    return isSame(transfer, before.what) ? { status: 'exists', ...placeOf(before.place) } : refused('id_reused');
  }
  if (transfer.amount <= 0n || transfer.amount > MAX) return refused('amount_invalid');
  const [debit, credit] = [book.accounts.get(transfer.debit), book.accounts.get(transfer.credit)];
  if (!debit || !credit) return refused('account_unknown');
  if (debit.asset !== credit.asset) return refused('asset_mismatch');
  if (debit.closed || credit.closed) return refused('account_closed');
  const [from, to] = [countersOf(transfer.debit, debit, book), countersOf(transfer.credit, credit, book)];
  const debit_balance = from.credits - from.debits - transfer.amount;
  if (debit.floor !== null && debit_balance < debit.floor) return refused('floor_reached');
  // A counter that would leave int8 can only come from an absurd amount.
  if (from.debits + transfer.amount > MAX || to.credits + transfer.amount > MAX) return refused('amount_invalid');
  return apply(transfer, from, to, book);
}

function apply(transfer: Transfer, from: Counters, to: Counters, book: Book): Posted {
  const [debit_from, credit_from] = [from.debits, to.credits];
  from.debits += transfer.amount;
  to.credits += transfer.amount;
  const posted = {
    status: 'posted' as const,
    debit_from,
    credit_from,
    debit_balance: from.credits - from.debits,
    credit_balance: to.credits - to.debits,
  };
  book.recorded.set(transfer.transfer_id, { what: transfer, place: posted });
  return posted;
}

function undo(transfer: Transfer, book: Book): void {
  book.counters.get(transfer.debit)!.debits -= transfer.amount;
  book.counters.get(transfer.credit)!.credits -= transfer.amount;
  book.recorded.delete(transfer.transfer_id);
}

function countersOf(id: string, { debits, credits }: AccountState, book: Book): Counters {
  let counters = book.counters.get(id);
  if (!counters) {
    counters = { debits, credits };
    book.counters.set(id, counters);
  }
  return counters;
}

function changed({ accounts, counters }: Book): Map<string, Counters> {
  for (const [id, { debits, credits }] of counters) {
    const before = accounts.get(id)!;
    if (before.debits === debits && before.credits === credits) counters.delete(id);
  }
  return counters;
}

/** Times are not content: who repeats a thing does it later. */
const isSame = (a: Omit<Transfer, 'event_at'>, b: Omit<Transfer, 'event_at'>): boolean =>
  a.debit === b.debit &&
  a.credit === b.credit &&
  a.amount === b.amount &&
  a.code === b.code &&
  a.ref === b.ref &&
  a.group_id === b.group_id;

const placeOf = ({ debit_from, credit_from, debit_balance, credit_balance }: Place): Place => ({
  debit_from,
  credit_from,
  debit_balance,
  credit_balance,
});

const refused = (reason: Reason): Posted => ({ status: 'refused', reason });
