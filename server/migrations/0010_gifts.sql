-- Gifts: who gave what to whom, from which coins, and what became of it (docs/gifts.md).

create table gifts (
  gift_id uuid primary key,
  sender_id uuid not null references people,
  receiver_id uuid not null references people,
  -- null: from person to person
  room_id uuid references rooms,
  -- code in the catalog
  gift text not null,
  count int not null check (count between 1 and 999),
  coins bigint not null check (coins > 0),
  -- positions [from_pos, from_pos + coins) of the sender's line of coins: which purchases paid for it follows from them
  from_pos bigint not null check (from_pos >= 0),
  -- joins the flushes of one run of taps for display only
  combo_id uuid,
  -- the earner's share document in force when it was sent
  share_id text not null,
  platform_bps int not null check (platform_bps between 0 and 10000),
  state text not null check (state in ('sent', 'settled', 'returned', 'reversed')),
  sent_at timestamptz(3) not null,
  settle_at timestamptz(3) not null,
  closed_at timestamptz(3),
  check (sender_id <> receiver_id)
) with (fillfactor = 85);
create index gifts_due on gifts (settle_at, gift_id) where state = 'sent';
create index gifts_of_room on gifts (room_id, gift_id) where room_id is not null;
-- serves chargebacks: which gifts took coins from these positions
create index gifts_of_sender on gifts (sender_id, from_pos);

-- What was booked to an earner for each stretch of a lot: once when a gift settles, and below zero when that is undone.
-- Append-only.
create table gift_earnings (
  gift_id uuid not null references gifts,
  reason text not null check (reason in ('settled', 'returned', 'charged_back')),
  lot_id uuid not null references lots,
  lot_from bigint not null,
  lot_to bigint not null check (lot_to > lot_from),
  receiver_id uuid not null references people,
  currency char(3) not null,
  share_id text not null,
  platform_bps int not null,
  vat_minor bigint not null,
  net_minor bigint not null,
  creator_minor bigint not null,
  platform_minor bigint not null check (creator_minor + platform_minor = net_minor),
  -- the day in the earner's zone
  booked_on date not null,
  booked_at timestamptz(3) not null,
  primary key (gift_id, reason, lot_id, lot_from)
);
create index gift_earnings_by_day on gift_earnings (receiver_id, currency, booked_on desc);

revoke update, delete, truncate on gift_earnings from souk_app;
