/** Taking a gift back within seconds: a slip of the thumb costs nothing. */
import * as z from 'zod';
import type { Answer, RequestKey } from '../kernel/answer.ts';
import type { Context, Principal } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { keyed } from '../kernel/idempotency.ts';
import { wireId } from '../kernel/ids.ts';
import { digits } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { balances } from '../ledger/index.ts';
import { pack } from '../markets/index.ts';
import { coinsAccount, lockSpending, type Spending, unspend, updateSpending } from '../wallet/index.ts';
import { UNDO_MS } from './catalog.ts';
import { type Gift, lockGifts } from './queries.ts';
import { returnGifts } from './returns.ts';

export const undoneShape = z.object({
  undone: z.array(wireId('gift')).describe('Taken back, now or before'),
  too_late: z.array(wireId('gift')).describe('Stay given: their ten seconds were over'),
  coins: digits.describe('Coins that came back now'),
  balance: digits.describe('Your coins after it'),
});
type Undone = z.output<typeof undoneShape>;

/**
 * Takes back gifts of one's own (the flushes of one run of taps) that are at most ten seconds old by the server's
 * clock. Each is reversed once, whoever else returns or settles it at the same time; what was spent today counts back.
 *
 * Refuses `not_found` when one of them is not the asker's, `undo_too_late` when none of them can go back any more.
 */
export const undoGifts = (ctx: Context, me: Principal, ids: string[], key: RequestKey): Promise<Answer> =>
  keyed(ctx, key, { 200: undoneShape }, (tx) => undo(tx, ctx, me, ids));

async function undo(tx: Tx, ctx: Context, me: Principal, ids: string[]): Promise<Undone> {
  const now = ctx.clock.now();
  const spending = await lockSpending(tx, [me.person_id]);
  const gifts = await lockGifts(tx, ids);
  const own = gifts.filter((gift) => gift.sender_id === me.person_id);
  if (own.length < new Set(ids).size) throw new Refusal('not_found');
  const goes = own.filter((gift) => isUndoable(gift, now));
  const before = own.filter((gift) => gift.undone);
  if (goes.length + before.length === 0) throw new Refusal('undo_too_late');
  const coins = await returnGifts(tx, ctx, goes, { undone: true });
  const row = spending.get(me.person_id);
  if (row && goes.length > 0) await updateSpending(tx, [countBack(row, goes, me, now)]);
  const account = coinsAccount(me.person_id);
  const balance = (await balances(tx.q, [account])).get(account) ?? 0n;
  const undone = [...goes, ...before].map(({ gift_id }) => gift_id);
  const too_late = own.filter((gift) => !goes.includes(gift) && !gift.undone).map(({ gift_id }) => gift_id);
  return { undone, too_late, coins, balance };
}

const isUndoable = ({ state, sent_at }: Gift, now: Date): boolean =>
  state === 'sent' && now.getTime() - sent_at.getTime() <= UNDO_MS;

const countBack = (row: Spending, gifts: readonly Gift[], me: Principal, now: Date): Spending =>
  gifts.reduce((left, gift) => unspend(left, gift.coins, gift.sent_at, pack(me.market), now), row);
