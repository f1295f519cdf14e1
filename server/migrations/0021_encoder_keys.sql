-- The key with which a creator's OBS or other RTMP encoder sends: one a creator, kept until it is rotated.

create table encoder_keys (
  owner_id uuid primary key references people,
  -- SHA-256 of the key; the key itself was shown once.
  key_hash bytea not null unique,
  made_at timestamptz(3) not null,
  -- The last connection that was let in, and what ended the last one that was not kept.
  connected_at timestamptz(3),
  fault text,
  fault_at timestamptz(3)
);
