-- What a host shows in their encoder, and how a creator says thank you (docs/gifts.md).

-- The address of the overlay; a new one replaces the old, which dies at once.
create table gift_overlays (
  person_id uuid primary key references people,
  secret_hash text not null unique,
  made_at timestamptz(3) not null
);

-- Once for each run of taps.
create table gift_thanks (
  creator_id uuid not null references people,
  sender_id uuid not null references people,
  -- the combo, or the gift where it stands alone
  run_id uuid not null,
  gift_id uuid not null references gifts,
  thanked_at timestamptz(3) not null,
  primary key (creator_id, sender_id, run_id)
);
