-- Cash tips: money from person to person, all of it to the creator; the payer pays the fee on top (docs/tips.md).

create table tips (
  tip_id uuid primary key,
  sender_id uuid not null references people,
  receiver_id uuid not null references people,
  -- what it was given for: the person, a live room, a video
  subject_kind text not null check (subject_kind in ('person', 'room', 'video')),
  -- null: the person
  subject_id uuid,
  -- the payer's market: its price, caps and tax
  market text not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- on top, tax included
  fee_minor bigint not null check (fee_minor >= 0),
  fee_vat_minor bigint not null check (fee_vat_minor between 0 and fee_minor),
  vat_bps int not null,
  state text not null check (state in ('unpaid', 'paid', 'failed', 'reversed')),
  attempt_id uuid not null unique,
  request_key text not null,
  body_hash text not null,
  created_at timestamptz(3) not null,
  paid_at timestamptz(3),
  closed_at timestamptz(3),
  check (sender_id <> receiver_id),
  check ((subject_kind = 'person') = (subject_id is null)),
  check ((state in ('paid', 'reversed')) = (paid_at is not null))
);
create unique index tips_by_key on tips (sender_id, request_key);
-- serves the caps of a day
create index tips_of_sender on tips (sender_id, created_at);
-- serves the page of earnings and goals
create index tips_of_receiver on tips (receiver_id, paid_at) where state in ('paid', 'reversed');

-- Gifts on videos: what a gift was given for. A room stays in its own column.
alter table gifts add column video_id uuid, add check (room_id is null or video_id is null);
