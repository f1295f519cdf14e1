import type pg from 'pg';
import type { TaxClass } from '../markets/index.ts';

type Asks = Pick<pg.Pool | pg.PoolClient, 'query'>;

/** What a checkout needs to know of a variant that is for sale. */
export interface Offer {
  variant_id: string;
  product_id: string;
  merchant_id: string;
  owner_id: string;
  merchant_market: string;
  merchant_since: Date;
  shipping_minor: bigint;
  title: string;
  option_values: string[];
  vat_class: TaxClass;
  price_minor: bigint;
  currency: string;
  on_hand: number;
  reserved: number;
}

/** Variants that can be bought: published, not removed. */
export async function findOffers(client: Asks, variant_ids: string[]): Promise<Offer[]> {
  const { rows } = await client.query<Offer>({
    name: 'offers_find',
    text: `select v.variant_id, v.product_id, p.merchant_id, m.owner_id, m.market as merchant_market,
        m.created_at as merchant_since, m.shipping_minor, p.title, v.option_values, p.vat_class, v.price_minor,
        v.currency, s.on_hand, s.reserved
      from variants v join stock s using (variant_id) join products p using (product_id)
        join merchants m using (merchant_id)
      where v.variant_id = any($1::uuid[]) and v.removed_at is null and p.state = 'published'`,
    values: [variant_ids],
  });
  return rows;
}

/** The lowest price in a time before a variant's last price cut, for variants that were cut. */
export async function findPriorPrices(
  client: Asks,
  variant_ids: string[],
  days: number,
  now: Date,
): Promise<Map<string, bigint>> {
  const { rows } = await client.query<{ variant_id: string; lowest: bigint }>(
    `with steps as (
       select variant_id, from_at, price_minor, lag(price_minor) over w as before,
         lead(from_at) over w as until_at
       from price_history where variant_id = any($1::uuid[]) window w as (partition by variant_id order by from_at)),
     cuts as (
       select distinct on (variant_id) variant_id, from_at as cut_at, price_minor < before as is_cut from steps
       order by variant_id, from_at desc)
     select c.variant_id, min(s.price_minor) as lowest
     from cuts c join steps s using (variant_id)
     where c.is_cut and c.cut_at > $3::timestamptz - make_interval(days => $2)
       and s.from_at < c.cut_at and coalesce(s.until_at, $3) > c.cut_at - make_interval(days => $2)
     group by c.variant_id`,
    [variant_ids, days, now],
  );
  return new Map(rows.map((row) => [row.variant_id, row.lowest]));
}

/** The first picture of each of these products that has one. */
export async function findFirstImages(
  client: Pick<pg.Pool | pg.PoolClient, 'query'>,
  product_ids: string[],
): Promise<{ product_id: string; image_id: string }[]> {
  if (product_ids.length === 0) return [];
  const { rows } = await client.query<{ product_id: string; image_id: string }>({
    name: 'product_images_first',
    text: `select distinct on (product_id) product_id, image_id from product_images where product_id = any($1::uuid[])
           order by product_id, position`,
    values: [product_ids],
  });
  return rows;
}
