-- The catalog: merchants, what they sell, what is in stock, and what it cost when (docs/catalog.md).

create table merchants (
  merchant_id uuid primary key,
  owner_id uuid not null unique references people,
  name text not null check (length(name) between 1 and 80),
  market char(2) not null,
  currency char(3) not null,
  -- who stands behind the shop: shown at every product (DSA art. 30 and 31)
  trader_name text,
  street text,
  postal_code text,
  city text,
  country char(2),
  email text,
  phone text,
  register text,
  vat_id text,
  -- postage of one order
  shipping_minor bigint not null default 0 check (shipping_minor between 0 and 100000),
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null
);

create table products (
  product_id uuid primary key,
  merchant_id uuid not null references merchants,
  title text not null check (length(title) between 1 and 120),
  description text not null default '' check (length(description) <= 4000),
  vat_class text not null check (vat_class in ('standard', 'reduced', 'zero')),
  -- 'Colour', 'Size'; a variant has one value for each
  option_names text[] not null default '{}',
  state text not null check (state in ('draft', 'published', 'unpublished')),
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null
);
create index products_of_merchant on products (merchant_id, created_at desc, product_id desc);
create index products_for_sale on products (created_at desc, product_id desc) where state = 'published';

create table variants (
  variant_id uuid primary key,
  product_id uuid not null references products,
  position int not null,
  option_values text[] not null default '{}',
  sku text,
  price_minor bigint not null check (price_minor between 1 and 100000000),
  currency char(3) not null,
  created_at timestamptz(3) not null,
  removed_at timestamptz(3)
);
create index variants_of_product on variants (product_id, position);

-- Append-only: what a variant cost since when (§ 11 PAngV).
create table price_history (
  variant_id uuid not null references variants,
  from_at timestamptz(3) not null,
  price_minor bigint not null check (price_minor > 0),
  currency char(3) not null,
  primary key (variant_id, from_at)
);

-- One hot row a variant. The check is what makes overselling impossible, whoever writes.
create table stock (
  variant_id uuid primary key references variants,
  on_hand int not null check (on_hand >= 0),
  -- of on_hand, promised to orders that are not paid yet
  reserved int not null default 0 check (reserved between 0 and on_hand),
  sold int not null default 0 check (sold >= 0)
) with (fillfactor = 50);

-- Append-only: what the merchant put in or took out. on_hand + sold = sum of changes.
create table stock_changes (
  change_id uuid primary key,
  variant_id uuid not null references variants,
  change int not null check (change <> 0),
  reason text not null check (length(reason) between 1 and 200),
  person_id uuid not null references people,
  changed_at timestamptz(3) not null
);
create index stock_changes_of_variant on stock_changes (variant_id, changed_at desc);

create table product_images (
  product_id uuid not null references products,
  position int not null check (position between 0 and 7),
  -- names the two files, large and small; a new picture gets a new name
  image_id uuid not null unique,
  width int not null,
  height int not null,
  primary key (product_id, position)
);

revoke update, delete on price_history, stock_changes from souk_app;
