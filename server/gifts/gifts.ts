/** Sending a gift: coins of the sender become coins that wait for the receiver. */
import { MAY_REFUSALS, mayMany } from '../access/index.ts';
import type { Answer, RequestKey } from '../kernel/answer.ts';
import { defineBatcher } from '../kernel/batcher.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { type Tx, together } from '../kernel/db.ts';
import { emit, type NewEvent } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { plant } from '../kernel/plant.ts';
import { Refusal } from '../kernel/refusal.ts';
import { type LockedAccounts, lockAccounts, postAhead, type Transfer } from '../ledger/index.ts';
import { isOn, type MarketPack, pack, shareInForce } from '../markets/index.ts';
import {
  askToConfirm,
  coinsAccount,
  giftCoinsAccount,
  halfOfGifts,
  lockSpending,
  openWallets,
  type Spending,
  spend,
  updateSpending,
} from '../wallet/index.ts';
import { findGift } from './catalog.ts';
import { postSend } from './postings.ts';
import { findMarkets, type Gift, insertGifts } from './queries.ts';
import { giftRefusals } from './refusals.ts';
import { giftAnswer } from './views.ts';

const DAY_MS = 86_400_000;

/** What a person asks for: `count` pieces of a gift, to the host of an open room or to a person. */
export type GiftOrder = {
  gift: string;
  count: number;
  receiver_id: string;
  room_id: string | null;
  combo_id: string | null;
  /** The sender knows that it takes them past half of their limit. */
  confirmed: boolean;
};

/** Codes that sending can refuse with. */
export const SEND_REFUSALS = [...Object.keys(giftRefusals), ...MAY_REFUSALS, 'room_not_live', 'spending_half'];

type SendItem = GiftOrder & { gift_id: string; sender_id: string; market: string; coins: bigint };
export type SentGift = { row: Gift; balance: bigint };

const sending = defineBatcher<SendItem, SentGift>({
  name: 'gifts',
  run: sendBatch,
  answer: ({ row, balance }) => ({ status: 201, body: giftAnswer(row, balance) }),
});

/**
 * Sends a gift; acknowledged once it is committed. The gift, its transfer, the spending row, the stored answer and the
 * event are one transaction, shared with whatever else arrived meanwhile.
 *
 * Refuses `gift_unknown`, `gift_to_self`, `gifts_off`, what `access` has against either end, `spending_limit`,
 * `spending_half` (unless confirmed), `no_funds`, `key_reused`.
 */
export async function sendGift(ctx: Context, me: Principal, order: GiftOrder, key: RequestKey): Promise<Answer> {
  const item = itemOf(me, order);
  try {
    return await sending.submitKeyed(ctx, item, key);
  } catch (error) {
    if (!(error instanceof WalletMissing)) throw error;
    await openWallets(ctx, [item.sender_id, item.receiver_id]);
    return sending.submitKeyed(ctx, item, key);
  }
}

function itemOf(me: Principal, order: GiftOrder): SendItem {
  const found = findGift(order.gift);
  if (!found) throw new Refusal('gift_unknown');
  if (order.receiver_id === me.person_id) throw new Refusal('gift_to_self');
  const coins = found.coins * BigInt(order.count);
  return { ...order, gift_id: mintId(), sender_id: me.person_id, market: me.market, coins };
}

/** One of the two has no wallet yet: it is opened outside the hot batch, then the gift is sent again. */
class WalletMissing extends Refusal {
  constructor() {
    super('receiver_unknown');
  }
}

/** A batch under its locks: rules, then caps and funds in order, so that two gifts of one batch count together. */
async function sendBatch(tx: Tx, items: SendItem[], ctx: Context): Promise<(SentGift | Refusal)[]> {
  const now = ctx.clock.now();
  const [senders, receivers] = [items.map((item) => item.sender_id), items.map((item) => item.receiver_id)];
  // In the order of the locks; all but what `may` asks twice shares a round trip.
  const [spending, allowed, markets, locked] = await together([
    lockSpending(tx, senders),
    mayMany(ctx, tx.client, items.map(askFor)),
    findMarkets(tx, receivers),
    lockAccounts(tx, accountsOf(items)),
  ]);
  const bench = { spending, locked, spent: new Map<string, bigint>(), now };
  const judged = items.map((item, i) => judge(item, allowed[i] ?? null, markets.get(item.receiver_id), bench));
  return record(tx, ctx, judged, bench);
}

const askFor = ({ sender_id, receiver_id, room_id }: SendItem) => ({
  person_id: sender_id,
  action: 'send_gifts' as const,
  with: receiver_id,
  ...(room_id !== null && { thing_id: room_id }),
});

function* accountsOf(items: SendItem[]): Generator<string> {
  for (const { sender_id, receiver_id } of items) {
    yield coinsAccount(sender_id);
    yield giftCoinsAccount(receiver_id);
  }
}

/** What a batch is judged against; `spending` and `spent` move on with every gift that is let through. */
type Bench = { spending: Map<string, Spending>; locked: LockedAccounts; spent: Map<string, bigint>; now: Date };
type Judged = Refusal | LetThrough;
type LetThrough = { gift: Omit<Gift, 'from_pos'>; transfer: Transfer };

function judge(item: SendItem, against: string | null, market: string | undefined, bench: Bench): Judged {
  if (market === undefined) return new Refusal('receiver_unknown');
  if (against !== null) return new Refusal(against);
  const [payer, earner] = [pack(item.market), pack(market)];
  if (!isOn(payer, 'gifts') || !isOn(earner, 'gifts')) return new Refusal('gifts_off');
  const row = bench.spending.get(item.sender_id);
  const account = bench.locked.get(coinsAccount(item.sender_id));
  if (!row || !account || !bench.locked.has(giftCoinsAccount(item.receiver_id))) return new WalletMissing();
  const taken = bench.spent.get(item.sender_id) ?? 0n;
  const balance = account.credits - account.debits - taken;
  const spent = spend(row, item.coins, payer, bench.now);
  if ('over' in spent) return overLimit(spent.over, spent.limit_minor, payer);
  if (balance < item.coins && !plant('gifts.ignores_funds')) return noFunds(balance, item.coins);
  const half = item.confirmed ? null : halfOfGifts(spent, payer);
  if (half) return askToConfirm(half.half, half.limit_minor, payer.currency);
  bench.spending.set(item.sender_id, spent.row);
  bench.spent.set(item.sender_id, taken + item.coins);
  const gift = giftOf(item, earner, bench.now);
  return { gift, transfer: postSend(gift) };
}

const overLimit = (limit: string, limit_minor: bigint, { currency }: MarketPack): Refusal =>
  new Refusal('spending_limit', { extra: { limit, amount: { amount: String(limit_minor), currency } } });

const noFunds = (balance: bigint, need: bigint): Refusal =>
  new Refusal('no_funds', { extra: { balance: String(balance), need: String(need), missing: String(need - balance) } });

/** The earner's market says how it is shared and how long it waits; the gift remembers both. */
function giftOf(item: SendItem, earner: MarketPack, now: Date): Omit<Gift, 'from_pos'> {
  const { gift_id, sender_id, receiver_id, room_id, gift, count, coins, combo_id } = item;
  const { share_id, platform_bps } = shareInForce(earner, 'gifts', now);
  const settle_at = new Date(now.getTime() + earner.payouts.gifts_hold_days * DAY_MS);
  const what = { gift_id, sender_id, receiver_id, room_id, gift, count, coins, combo_id, share_id, platform_bps };
  return { ...what, state: 'sent', sent_at: now, settle_at, closed_at: null, undone: false };
}

/** Writes what was let through: transfers, gifts, spending and one row of events. */
async function record(tx: Tx, ctx: Context, judged: Judged[], bench: Bench): Promise<(SentGift | Refusal)[]> {
  const sent = judged.filter((one): one is LetThrough => !(one instanceof Refusal));
  const transfers = sent.map((one) => one.transfer);
  const { verdicts, written } = await postAhead(tx, transfers, bench.now, bench.locked);
  let next = 0;
  const results = judged.map((one): SentGift | Refusal => {
    if (one instanceof Refusal) return one;
    const place = verdicts[next++];
    if (!place || place.status === 'refused') throw new Error('a gift that was let through is posted');
    return { row: Object.assign(one.gift, { from_pos: place.debit_from }), balance: place.debit_balance };
  });
  const rows = results.flatMap((result) => (result instanceof Refusal ? [] : [result.row]));
  await together([
    written,
    insertGifts(tx, rows),
    updateSpending(
      tx,
      [...bench.spent.keys()].map((id) => bench.spending.get(id) as Spending),
    ),
    emit(tx, ctx, rows.map(eventOf)),
  ]);
  return results;
}

const eventOf = ({ gift_id, sender_id, receiver_id, room_id, gift, count, coins, combo_id }: Gift): NewEvent => ({
  type: 'gift.sent',
  actor: sender_id,
  subject: gift_id,
  data: { receiver_id, room_id, gift, count, coins: String(coins), combo_id },
});
