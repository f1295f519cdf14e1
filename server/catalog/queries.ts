import type pg from 'pg';
import type { Tx } from '../kernel/db.ts';
import type { TaxClass } from '../markets/index.ts';

export type Asks = Pick<pg.Pool | pg.PoolClient, 'query'>;

export interface Merchant {
  merchant_id: string;
  owner_id: string;
  name: string;
  market: string;
  currency: string;
  trader_name: string | null;
  street: string | null;
  postal_code: string | null;
  city: string | null;
  country: string | null;
  email: string | null;
  phone: string | null;
  register: string | null;
  vat_id: string | null;
  shipping_minor: bigint;
  created_at: Date;
  changed_at: Date;
}

export type ProductState = 'draft' | 'published' | 'unpublished';

export interface Variant {
  variant_id: string;
  option_values: string[];
  sku: string | null;
  price_minor: bigint;
  currency: string;
  on_hand: number;
  reserved: number;
  sold: number;
}

export interface Image {
  image_id: string;
  position: number;
  width: number;
  height: number;
}

export interface Product {
  product_id: string;
  merchant_id: string;
  title: string;
  description: string;
  vat_class: TaxClass;
  option_names: string[];
  state: ProductState;
  created_at: Date;
  changed_at: Date;
  variants: Variant[];
  images: Image[];
}

const MERCHANT = `merchant_id, owner_id, name, market, currency, trader_name, street, postal_code, city, country, email,
  phone, register, vat_id, shipping_minor, created_at, changed_at`;

export async function findMerchants(client: Asks, ids: string[]): Promise<Merchant[]> {
  const { rows } = await client.query<Merchant>({
    name: 'merchants_find',
    text: `select ${MERCHANT} from merchants where merchant_id = any($1::uuid[])`,
    values: [ids],
  });
  return rows;
}

export async function findMerchantOf(client: Asks, person_id: string): Promise<Merchant | null> {
  const { rows } = await client.query<Merchant>(`select ${MERCHANT} from merchants where owner_id = $1`, [person_id]);
  return rows[0] ?? null;
}

const valuesOf = (row: Merchant) => [
  row.merchant_id,
  row.name,
  row.trader_name,
  row.street,
  row.postal_code,
  row.city,
  row.country,
  row.email,
  row.phone,
  row.register,
  row.vat_id,
  row.shipping_minor,
  row.changed_at,
];

export async function insertMerchant(tx: Tx, row: Merchant): Promise<void> {
  await tx.client.query(
    `insert into merchants (merchant_id, name, trader_name, street, postal_code, city, country, email, phone, register,
       vat_id, shipping_minor, changed_at, owner_id, market, currency, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [...valuesOf(row), row.owner_id, row.market, row.currency, row.created_at],
  );
}

export async function updateMerchant(tx: Tx, row: Merchant): Promise<void> {
  await tx.client.query(
    `update merchants set name = $2, trader_name = $3, street = $4, postal_code = $5, city = $6, country = $7,
       email = $8, phone = $9, register = $10, vat_id = $11, shipping_minor = $12, changed_at = $13
     where merchant_id = $1`,
    valuesOf(row),
  );
}

/** Whole products, with variants in order, their stock, and pictures. */
export async function findProducts(client: Asks, ids: string[]): Promise<Product[]> {
  const [products, variants, images] = await Promise.all([
    client.query<Omit<Product, 'variants' | 'images'>>(
      `select product_id, merchant_id, title, description, vat_class, option_names, state, created_at, changed_at
       from products where product_id = any($1::uuid[])`,
      [ids],
    ),
    client.query<Variant & { product_id: string }>(
      `select v.product_id, variant_id, option_values, sku, price_minor, currency, on_hand, reserved, sold
       from variants v join stock using (variant_id)
       where v.product_id = any($1::uuid[]) and removed_at is null order by position, variant_id`,
      [ids],
    ),
    client.query<Image & { product_id: string }>(
      `select product_id, image_id, position, width, height from product_images
       where product_id = any($1::uuid[]) order by position`,
      [ids],
    ),
  ]);
  const variantsOf = Map.groupBy(variants.rows, (row) => row.product_id);
  const imagesOf = Map.groupBy(images.rows, (row) => row.product_id);
  return products.rows.map((row) => ({
    ...row,
    variants: variantsOf.get(row.product_id) ?? [],
    images: imagesOf.get(row.product_id) ?? [],
  }));
}

/** Whose products these are. */
export async function findSellers(client: Asks, product_ids: string[]): Promise<Map<string, string>> {
  const { rows } = await client.query<{ product_id: string; owner_id: string }>(
    `select product_id, owner_id from products join merchants using (merchant_id) where product_id = any($1::uuid[])`,
    [product_ids],
  );
  return new Map(rows.map((row) => [row.product_id, row.owner_id]));
}

/** What has a meaning in `like` is meant as it stands. */
const patternOf = (search: string | null) => search && `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** The newest first; after an earlier page's last. */
export async function listProductIds(
  client: Asks,
  ask: {
    merchant_id: string | null;
    states: ProductState[];
    /** Part of the title. */
    search: string | null;
    after: { created_at: string; id: string } | null;
    limit: number;
    /** Who looks: what people sell with whom they share a block is not shown. */
    viewer_id: string | null;
  },
): Promise<string[]> {
  const { rows } = await client.query<{ product_id: string }>(
    `select product_id from products p where ($1::uuid is null or merchant_id = $1) and state = any($2)
       and ($6::text is null or title ilike $6)
       and ($3::timestamptz is null or (created_at, product_id) < ($3, $4::uuid))
       and not exists (select from merchants m join blocks b on (b.blocker_id = m.owner_id and b.blocked_id = $7::uuid)
         or (b.blocked_id = m.owner_id and b.blocker_id = $7::uuid) where m.merchant_id = p.merchant_id)
     order by created_at desc, product_id desc limit $5`,
    [
      ask.merchant_id,
      ask.states,
      ask.after?.created_at ?? null,
      ask.after?.id ?? null,
      ask.limit,
      patternOf(ask.search),
      ask.viewer_id,
    ],
  );
  return rows.map((row) => row.product_id);
}

export async function insertProduct(
  tx: Tx,
  row: Pick<Product, 'product_id' | 'merchant_id' | 'title' | 'description' | 'vat_class' | 'option_names'> & {
    at: Date;
  },
): Promise<void> {
  await tx.client.query(
    `insert into products (product_id, merchant_id, title, description, vat_class, option_names, state, created_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, 'draft', $7, $7)`,
    [row.product_id, row.merchant_id, row.title, row.description, row.vat_class, row.option_names, row.at],
  );
}

export async function updateProduct(
  tx: Tx,
  row: Pick<Product, 'product_id' | 'title' | 'description' | 'vat_class' | 'option_names'> & {
    state?: ProductState;
    at: Date;
  },
): Promise<void> {
  await tx.client.query(
    `update products set title = $2, description = $3, vat_class = $4, option_names = $5, state = coalesce($6, state),
       changed_at = $7 where product_id = $1`,
    [row.product_id, row.title, row.description, row.vat_class, row.option_names, row.state ?? null, row.at],
  );
}

type NewVariant = Pick<Variant, 'variant_id' | 'option_values' | 'sku' | 'price_minor' | 'currency' | 'on_hand'> & {
  position: number;
};

/** Variants with their stock and the first line of their price history. */
export async function insertVariants(tx: Tx, product_id: string, rows: NewVariant[], at: Date): Promise<void> {
  for (const row of rows) {
    await tx.client.query(
      `insert into variants (variant_id, product_id, position, option_values, sku, price_minor, currency, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [row.variant_id, product_id, row.position, row.option_values, row.sku, row.price_minor, row.currency, at],
    );
    await tx.client.query('insert into stock (variant_id, on_hand) values ($1, $2)', [row.variant_id, row.on_hand]);
    await insertPrice(tx, row, at);
  }
}

const insertPrice = (tx: Tx, row: Pick<Variant, 'variant_id' | 'price_minor' | 'currency'>, at: Date) =>
  tx.client.query(
    `insert into price_history (variant_id, from_at, price_minor, currency) values ($1, $2, $3, $4)
     on conflict (variant_id, from_at) do nothing`,
    [row.variant_id, at, row.price_minor, row.currency],
  );

export async function updateVariantTexts(tx: Tx, rows: NewVariant[]): Promise<void> {
  for (const row of rows) {
    await tx.client.query('update variants set position = $2, option_values = $3, sku = $4 where variant_id = $1', [
      row.variant_id,
      row.position,
      row.option_values,
      row.sku,
    ]);
  }
}

/** New prices, each with its line of history. */
export async function updatePrices(
  tx: Tx,
  rows: Pick<Variant, 'variant_id' | 'price_minor' | 'currency'>[],
  at: Date,
): Promise<void> {
  for (const row of rows) {
    await tx.client.query('update variants set price_minor = $2 where variant_id = $1', [
      row.variant_id,
      row.price_minor,
    ]);
    await insertPrice(tx, row, at);
  }
}

export async function removeVariants(tx: Tx, ids: string[], at: Date): Promise<void> {
  await tx.client.query('update variants set removed_at = $2 where variant_id = any($1::uuid[])', [ids, at]);
}

/** Puts a picture in its place. @returns the picture that was there before, or null */
export async function putImage(
  tx: Tx,
  product_id: string,
  image: Image | null,
  position: number,
): Promise<string | null> {
  const { rows } = await tx.client.query<{ image_id: string }>(
    'delete from product_images where product_id = $1 and position = $2 returning image_id',
    [product_id, position],
  );
  if (image) {
    await tx.client.query(
      'insert into product_images (product_id, position, image_id, width, height) values ($1, $2, $3, $4, $5)',
      [product_id, position, image.image_id, image.width, image.height],
    );
  }
  return rows[0]?.image_id ?? null;
}

/** The shop of somebody who leaves sells nothing any more; its orders and receipts stay. */
export async function unpublishAllOf(tx: Tx, owner_id: string, at: Date): Promise<void> {
  await tx.client.query(
    `update products set state = 'unpublished', changed_at = $2
     where state = 'published' and merchant_id in (select merchant_id from merchants where owner_id = $1)`,
    [owner_id, at],
  );
}
