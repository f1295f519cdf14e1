-- Orders: what was bought, at which price, where it goes, and how far it is (docs/orders.md).

create table addresses (
  address_id uuid primary key,
  person_id uuid not null references people,
  name text not null,
  street text not null,
  postal_code text not null,
  city text not null,
  country char(2) not null,
  created_at timestamptz(3) not null,
  deleted_at timestamptz(3)
);
create index addresses_of_person on addresses (person_id, created_at desc, address_id desc) where deleted_at is null;

create table orders (
  order_id uuid primary key,
  buyer_id uuid not null references people,
  merchant_id uuid not null references merchants,
  -- the live room it was bought in
  room_id uuid,
  -- whose rules hold: the payer's
  market char(2) not null,
  currency char(3) not null,
  goods_minor bigint not null check (goods_minor > 0),
  shipping_minor bigint not null check (shipping_minor >= 0),
  -- contained in total
  vat_minor bigint not null check (vat_minor >= 0),
  total_minor bigint not null check (total_minor = goods_minor + shipping_minor),
  -- what the platform keeps, and the VAT on it
  fee_bps int not null,
  fee_minor bigint not null check (fee_minor >= 0),
  fee_vat_bps int not null,
  fee_vat_minor bigint not null check (fee_vat_minor >= 0),
  -- the order's own copy of the address: the book of addresses may change
  ship_to jsonb not null,
  state text not null check (state in ('unpaid', 'paid', 'shipped', 'delivered', 'cancelled', 'refunded')),
  -- why it was cancelled or refunded
  reason text,
  attempt_id uuid not null,
  -- set while stock is held for it and it is not paid; due then
  reserved_until timestamptz(3),
  -- whether units were taken out of stock for it
  stock_taken boolean not null default false,
  tracking text,
  -- the Idempotency-Key of the checkout: a replay finds the order as it stands
  request_key text not null,
  body_hash text not null,
  created_at timestamptz(3) not null,
  paid_at timestamptz(3),
  shipped_at timestamptz(3),
  delivered_at timestamptz(3),
  closed_at timestamptz(3),
  refunded_at timestamptz(3),
  unique (buyer_id, request_key)
) with (fillfactor = 60);
create index orders_of_buyer on orders (buyer_id, created_at desc, order_id desc);
create index orders_of_merchant on orders (merchant_id, created_at desc, order_id desc);
create index orders_reserved on orders (reserved_until) where reserved_until is not null;

create table order_lines (
  order_id uuid not null references orders,
  line int not null,
  product_id uuid not null references products,
  variant_id uuid not null references variants,
  title text not null,
  -- a list of texts: 'Blue', 'L'
  option_values jsonb not null,
  quantity int not null check (quantity between 1 and 20),
  price_minor bigint not null check (price_minor > 0),
  total_minor bigint not null check (total_minor = price_minor * quantity),
  vat_bps int not null,
  vat_minor bigint not null,
  fee_minor bigint not null,
  fee_vat_minor bigint not null,
  primary key (order_id, line)
);
