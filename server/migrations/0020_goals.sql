-- Goals of creators, what moves a room together, and what people want of both (docs/gifts.md).

create table gift_goals (
  goal_id uuid primary key,
  owner_id uuid not null references people,
  -- null: on the profile, over all that is given
  room_id uuid references rooms,
  title text not null check (length(title) between 1 and 80),
  -- coins, or minor units where there is a currency
  target bigint not null check (target > 0),
  currency char(3),
  started_at timestamptz(3) not null,
  reached_at timestamptz(3),
  ended_at timestamptz(3)
);
-- One at a time in a place. How far it is, is counted from the gifts themselves and stands nowhere.
create unique index gift_goals_open on gift_goals (owner_id, room_id) nulls not distinct where ended_at is null;

-- serves goals, momentum and the gallery
create index gifts_of_receiver on gifts (receiver_id, sent_at) where state in ('sent', 'settled');

-- The latest run of a room's momentum: where counting began. The rest follows from the gifts.
create table gift_momentum (
  room_id uuid primary key references rooms,
  started_at timestamptz(3) not null,
  counts_from timestamptz(3) not null
) with (fillfactor = 70);

-- What a person wants around gifts. Absent: the defaults.
create table gift_settings (
  person_id uuid primary key references people,
  -- as a creator: rooms of theirs show momentum
  momentum_in_my_rooms boolean not null default true,
  -- as a viewer: sees momentum, and counts in it
  momentum_for_me boolean not null default true,
  -- as a creator: the profile shows which gifts were received
  gallery_shown boolean not null default true,
  -- as a giver: may be named among the supporters of whom they gave to in public
  named_as_supporter boolean not null default true
);
