-- Wallet: what was paid for coins, where each coin lies, and what a person may spend (docs/wallet.md).
-- The coins themselves stand in the ledger; here stands which purchase each of them came from.

-- A contract about coins: what was shown, what is to be paid.
create table top_ups (
  top_up_id uuid primary key,
  person_id uuid not null references people,
  -- the payer's market, whose price, tax and withdrawal period hold
  market char(2) not null,
  coins bigint not null check (coins > 0),
  total_minor bigint not null check (total_minor > 0),
  vat_minor bigint not null check (vat_minor between 0 and total_minor),
  vat_bps int not null check (vat_bps between 0 and 10000),
  currency char(3) not null,
  state text not null check (state in ('unpaid', 'paid', 'failed')),
  attempt_id uuid not null unique references payment_attempts,
  -- a retried request finds its top-up by this and is told how it stands now
  request_key text not null,
  body_hash text not null,
  created_at timestamptz(3) not null,
  closed_at timestamptz(3),
  unique (person_id, request_key)
) with (fillfactor = 80);

-- Coins that were paid for. No coin exists without one.
create table lots (
  lot_id uuid primary key,
  top_up_id uuid not null unique references top_ups,
  person_id uuid not null references people,
  attempt_id uuid not null unique references payment_attempts,
  market char(2) not null,
  currency char(3) not null,
  coins bigint not null check (coins > 0),
  -- paid = net + vat; the provider's fee is borne by the platform
  net_minor bigint not null check (net_minor >= 0),
  vat_minor bigint not null check (vat_minor >= 0),
  vat_bps int not null check (vat_bps between 0 and 10000),
  fee_minor bigint not null check (fee_minor >= 0),
  bought_at timestamptz(3) not null,
  -- unspent coins may be returned until then
  withdraw_until timestamptz(3) not null,
  -- the bank took the payment back
  charged_back_at timestamptz(3)
) with (fillfactor = 90);
create index lots_of_person on lots (person_id, bought_at desc, lot_id desc);

-- Positions [from_pos, to_pos) of an account's credits hold a lot's coins from lot_from on.
-- Written by purchase, return and re-issue; never by a gift. Never changed.
create table coin_segments (
  account_id uuid not null,
  from_pos bigint not null check (from_pos >= 0),
  to_pos bigint not null check (to_pos > from_pos),
  lot_id uuid not null references lots,
  lot_from bigint not null check (lot_from >= 0),
  primary key (account_id, from_pos)
);
create index coin_segments_of_lot on coin_segments (lot_id, lot_from);

-- Coins [lot_from, lot_to) of a lot that are gone because their money went back.
create table coin_burns (
  lot_id uuid not null references lots,
  lot_from bigint not null check (lot_from >= 0),
  lot_to bigint not null check (lot_to > lot_from),
  reason text not null check (reason in ('withdrawn', 'charged_back')),
  -- the withdrawal, or the chargeback of the lot
  ref uuid not null,
  burnt_at timestamptz(3) not null,
  primary key (lot_id, lot_from)
);

-- Unspent coins of a lot given back for money.
create table withdrawals (
  withdrawal_id uuid primary key,
  lot_id uuid not null references lots,
  person_id uuid not null references people,
  coins bigint not null check (coins > 0),
  net_minor bigint not null check (net_minor >= 0),
  vat_minor bigint not null check (vat_minor >= 0),
  currency char(3) not null,
  -- null where the coins were worth less than the smallest unit
  refund_id uuid unique,
  state text not null check (state in ('refunding', 'refunded')),
  withdrawn_at timestamptz(3) not null,
  refunded_at timestamptz(3)
);
create index withdrawals_of_person on withdrawals (person_id, withdrawn_at desc, withdrawal_id desc);

-- One row a person: what they gave in gifts today and this month in the payer's zone, and their limits. In coins, because
-- cents would round every single Rose. Updated by every gift, so no index beside the key.
create table spending (
  person_id uuid primary key references people,
  day_on date not null,
  day_coins bigint not null check (day_coins >= 0),
  month_on date not null,
  month_coins bigint not null check (month_coins >= 0),
  -- own limits in the currency of the person's market; null: the market's
  day_limit_minor bigint check (day_limit_minor >= 0),
  month_limit_minor bigint check (month_limit_minor >= 0),
  -- a wider limit waits until `wider_from`; null there: nothing waits
  wider_day_limit_minor bigint check (wider_day_limit_minor >= 0),
  wider_month_limit_minor bigint check (wider_month_limit_minor >= 0),
  wider_from timestamptz(3)
) with (fillfactor = 50);

revoke update, delete, truncate on coin_segments, coin_burns from souk_app;
