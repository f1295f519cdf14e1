import { mustBeAllowed } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { mintId, toWire } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { type OwnerName, openAccounts } from '../ledger/index.ts';
import { type MarketPack, pack } from '../markets/index.ts';
import { findMerchantOf, findMerchants, insertMerchant, type Merchant, updateMerchant } from './queries.ts';

/** What a shop says of itself. Trader data may come later; nothing is published without it. */
export type MerchantDraft = Pick<
  Merchant,
  | 'name'
  | 'trader_name'
  | 'street'
  | 'postal_code'
  | 'city'
  | 'country'
  | 'email'
  | 'phone'
  | 'register'
  | 'vat_id'
  | 'shipping_minor'
>;

/** Opens a person's shop in the person's market, with the accounts it earns on. Refuses `merchant_exists`, too young. */
export async function openMerchant(tx: Tx, ctx: Context, me: Principal, draft: MerchantDraft): Promise<Merchant> {
  await mustBeAllowed(ctx, tx.client, me.person_id, 'sell');
  if (await findMerchantOf(tx.client, me.person_id)) throw new Refusal('merchant_exists');
  const at = ctx.clock.now();
  const { market, currency } = pack(me.market);
  const merchant: Merchant = {
    ...draft,
    merchant_id: mintId(),
    owner_id: me.person_id,
    market,
    currency,
    created_at: at,
    changed_at: at,
  };
  await insertMerchant(tx, merchant);
  await openAccounts(
    tx,
    [
      { owner: merchant.merchant_id, kind: 'payable.pending', asset: currency, floor: 0n },
      { owner: merchant.merchant_id, kind: 'payable.available', asset: currency, floor: 0n },
      { owner: merchant.merchant_id, kind: 'receivable', asset: currency, floor: null },
    ],
    at,
  );
  return merchant;
}

/** The shop that a person owns. Refuses `merchant_needed`. */
export async function getMerchantOf(
  client: Tx['client'] | Context['db']['pool'],
  person_id: string,
): Promise<Merchant> {
  const merchant = await findMerchantOf(client, person_id);
  if (!merchant) throw new Refusal('merchant_needed');
  return merchant;
}

export async function changeMerchant(tx: Tx, ctx: Context, me: Principal, draft: MerchantDraft): Promise<Merchant> {
  const before = await getMerchantOf(tx.client, me.person_id);
  const merchant: Merchant = { ...before, ...draft, changed_at: ctx.clock.now() };
  await updateMerchant(tx, merchant);
  return merchant;
}

const FIELDS: Record<string, (merchant: Merchant) => string | null> = {
  name: (merchant) => merchant.trader_name,
  address: (merchant) => merchant.street && merchant.postal_code && merchant.city && merchant.country,
  email: (merchant) => merchant.email,
  phone: (merchant) => merchant.phone,
  register: (merchant) => merchant.register,
};

/** What the market wants to know of a trader and does not know yet (DSA art. 30). */
export function missingTraderData(merchant: Merchant, rules: MarketPack = pack(merchant.market)): string[] {
  return rules.sellers.required.filter((field) => !FIELDS[field]?.(merchant));
}

/** For the book: whose accounts these are, as far as they are shops'. */
export async function ownerNames(ctx: Context, ids: string[]): Promise<Map<string, OwnerName>> {
  const shops = await findMerchants(ctx.db.pool, ids);
  return new Map(
    shops.map(({ merchant_id, name }) => [merchant_id, { name, path: `/shops/${toWire('merchant', merchant_id)}` }]),
  );
}
