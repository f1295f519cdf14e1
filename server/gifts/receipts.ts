/** What a gift came to, cent by cent, with everything needed to compute it again. */
import type { Context, Principal } from '../kernel/context.ts';
import { Refusal } from '../kernel/refusal.ts';
import { type Line, transfersByRef } from '../ledger/index.ts';
import { cardOf, findPeople } from '../people/index.ts';
import {
  clearingAccount,
  coinsAccount,
  deferredAccount,
  giftCoinsAccount,
  issuedAccount,
  type Split,
  taxAccount,
} from '../wallet/index.ts';
import { type PaidPart, pendingAccount, receivableAccount, revenueAccount } from './postings.ts';
import { partsOfGifts } from './provenance.ts';
import { findGiftRow, type Gift } from './queries.ts';
import type { Receipt } from './views.ts';

/** The receipt of a gift, for who sent it, who received it and finance. Refuses `not_found`. */
export async function getReceipt(ctx: Context, me: Principal, gift_id: string): Promise<Receipt> {
  const gift = await findGiftRow(ctx.db.pool, gift_id);
  const reads = me.roles.includes('finance') || me.roles.includes('operator');
  if (!gift || !(reads || gift.sender_id === me.person_id || gift.receiver_id === me.person_id)) {
    throw new Refusal('not_found');
  }
  const [found, lines, people] = await Promise.all([
    partsOfGifts(ctx.db.pool, [gift]),
    transfersByRef(ctx.db.q, gift_id),
    findPeople(ctx.db.pool, [gift.sender_id, gift.receiver_id]),
  ]);
  const parts = found.get(gift_id) ?? [];
  const cards = new Map(people.map((person) => [person.person_id, cardOf(person)]));
  const names = accountNames(gift, parts);
  const { share_id, platform_bps, state, sent_at, settle_at, closed_at, room_id } = gift;
  return {
    gift_id,
    gift: gift.gift,
    count: gift.count,
    coins: gift.coins,
    state,
    sent_at,
    settle_at,
    closed_at,
    sender: cards.get(gift.sender_id) ?? null,
    receiver: cards.get(gift.receiver_id) ?? null,
    room_id,
    share: { share_id, platform_bps },
    splits: splitsOf(parts),
    parts: parts.map(partView),
    transfers: lines.map((line) => lineView(line, names)),
  };
}

function splitView(split: Split, currency: string) {
  const money = (amount: bigint) => ({ amount, currency });
  return {
    total: money(split.gross_minor),
    vat: money(split.vat_minor),
    creator: money(split.creator_minor),
    platform: money(split.platform_minor),
  };
}

function partView({ lot, lot_from, lot_to, split }: PaidPart) {
  const money = (amount: bigint) => ({ amount, currency: lot.currency });
  const { lot_id, coins, net_minor, vat_minor } = lot;
  const bought = { lot_id, coins, net: money(net_minor), vat: money(vat_minor) };
  return { lot: bought, lot_from, lot_to, ...splitView(split, lot.currency) };
}

/** The parts added up, per currency. */
function splitsOf(parts: readonly PaidPart[]) {
  return [...Map.groupBy(parts, ({ lot }) => lot.currency)].map(([currency, same]) => {
    const sum = (of: keyof Split) => same.reduce((a, { split }) => a + split[of], 0n);
    const total: Split = {
      gross_minor: sum('gross_minor'),
      vat_minor: sum('vat_minor'),
      net_minor: sum('net_minor'),
      creator_minor: sum('creator_minor'),
      platform_minor: sum('platform_minor'),
    };
    return splitView(total, currency);
  });
}

type Named = Map<string, { name: string; asset: string }>;

/** Every account that a gift can touch, by the words of the chart of accounts. */
function accountNames({ sender_id, receiver_id }: Gift, parts: readonly PaidPart[]): Named {
  const coin = (name: string) => ({ name, asset: 'COIN' });
  const names: Named = new Map([
    [coinsAccount(sender_id), coin('coins')],
    [giftCoinsAccount(receiver_id), coin('gift_coins')],
    [issuedAccount(), coin('coins.issued')],
  ]);
  for (const { lot } of parts) {
    const asset = lot.currency;
    names.set(deferredAccount(lot.market, asset), { name: `deferred:${lot.market}`, asset });
    names.set(taxAccount(lot.market, lot.vat_bps, asset), { name: `tax:${lot.market}:${lot.vat_bps}`, asset });
    names.set(pendingAccount(receiver_id, asset), { name: 'payable.pending', asset });
    names.set(receivableAccount(receiver_id, asset), { name: 'receivable', asset });
    names.set(revenueAccount(asset), { name: 'revenue:gifts', asset });
    names.set(clearingAccount(asset), { name: 'coin_clearing', asset });
  }
  return names;
}

function lineView({ transfer_id, seq, code, debit, credit, amount, event_at }: Line, names: Named) {
  const [from, to] = [names.get(debit), names.get(credit)];
  const asset = from?.asset ?? to?.asset ?? '';
  return { transfer_id, seq, code, debit: from?.name ?? '', credit: to?.name ?? '', amount, asset, at: event_at };
}
