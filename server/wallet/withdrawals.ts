/** Unspent coins given back for what was paid for them, within the market's withdrawal period. */
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { deriveId, mintId } from '../kernel/ids.ts';
import type { Money } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { lockAccounts } from '../ledger/index.ts';
import { refund } from '../payments/index.ts';
import { coinsAccount, type Lot, postWithdrawal, takeOutAccounts, type Unspent } from './postings.ts';
import type { Withdrawal } from './queries.ts';
import * as queries from './queries.ts';
import './refusals.ts';
import { postAll, recordTakeOut, unspentLine, unspentOf } from './take_out.ts';

export type WithdrawalOrder = { coins: bigint; amount: Money };

/**
 * Returns the unspent coins of a lot: they leave the line wherever they lie, and their price goes back to the method
 * it came from. Refuses `not_found`, `withdrawal_over`, `nothing_to_withdraw`, `withdrawal_changed`.
 * @param shown what the person confirmed: exactly this happens, or nothing
 */
export async function withdraw(
  tx: Tx,
  ctx: Context,
  me: Principal,
  lot_id: string,
  shown: WithdrawalOrder,
): Promise<Withdrawal> {
  const at = ctx.clock.now();
  const found = (await queries.findLots(tx.client, [lot_id])).get(lot_id);
  if (found?.person_id !== me.person_id) throw new Refusal('not_found');
  const withdrawal_id = mintId();
  const refund_id = await promiseRefund(tx, ctx, found as Lot, withdrawal_id, shown);
  const lot = (await queries.lockLot(tx, lot_id)) as Lot;
  if (lot.charged_back_at !== null) throw new Refusal('nothing_to_withdraw');
  if (at > lot.withdraw_until)
    throw new Refusal('withdrawal_over', { extra: { until: lot.withdraw_until.toISOString() } });
  const { coins, net_minor, vat_minor } = await takeOut(tx, lot, withdrawal_id, at);
  if (
    coins !== shown.coins ||
    net_minor + vat_minor !== shown.amount.amount ||
    lot.currency !== shown.amount.currency
  ) {
    throw new Refusal('withdrawal_changed', { extra: { coins: String(coins), amount: String(net_minor + vat_minor) } });
  }
  const row: Withdrawal = {
    withdrawal_id,
    lot_id,
    person_id: me.person_id,
    coins,
    net_minor,
    vat_minor,
    currency: lot.currency,
    refund_id,
    state: refund_id ? 'refunding' : 'refunded',
    withdrawn_at: at,
    refunded_at: refund_id ? null : at,
  };
  await queries.insertWithdrawal(tx, row);
  const data = { lot_id, coins: String(coins), amount: String(net_minor + vat_minor), currency: lot.currency };
  await emit(tx, ctx, [{ type: 'coins.withdrawn', actor: me.person_id, subject: withdrawal_id, data }]);
  return row;
}

/** Payments locks its rows before the wallet's, so the refund is promised first, for what was shown. */
async function promiseRefund(
  tx: Tx,
  ctx: Context,
  lot: Lot,
  withdrawal_id: string,
  { amount }: WithdrawalOrder,
): Promise<string | null> {
  if (amount.amount === 0n) return null;
  const refund_id = deriveId('refund', withdrawal_id);
  await refund(tx, ctx, { refund_id, attempt_id: lot.attempt_id, amount: amount.amount, reason: 'withdrawal' }).catch(
    (error) => {
      if (error instanceof Refusal && error.code === 'refund_too_large') throw new Refusal('withdrawal_changed');
      throw error;
    },
  );
  return refund_id;
}

/** Takes a lot's unspent coins off its owner's line. Locks the accounts; the only posting of its transaction. */
async function takeOut(tx: Tx, lot: Lot, withdrawal_id: string, at: Date): Promise<Unspent> {
  const locked = await lockAccounts(tx, takeOutAccounts(lot));
  const unspent = unspentOf(lot, await unspentLine(tx, lot.person_id, locked));
  if (unspent.coins === 0n) throw new Refusal('nothing_to_withdraw');
  const transfers = postWithdrawal(withdrawal_id, lot, unspent, at);
  const posted = await postAll(tx, transfers, at, locked);
  await recordTakeOut(tx, lot, unspent, { group_id: withdrawal_id, posted, reason: 'withdrawn', at });
  return unspent;
}

/** What can be returned of each of these lots, as the line stands now. */
export async function withdrawable(
  ctx: Context,
  person_id: string,
  lots: readonly Lot[],
): Promise<Map<string, Unspent>> {
  const line = await inTx(ctx.db, async (tx) => {
    return unspentLine(tx, person_id, await lockAccounts(tx, [coinsAccount(person_id)]));
  });
  return new Map(lots.map((lot) => [lot.lot_id, unspentOf(lot, line)]));
}
