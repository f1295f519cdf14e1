-- Live streams: who may publish, the runs of their encoder, and every segment that was taken.

create table streams (
  stream_id uuid primary key,
  owner_id uuid not null references people,
  -- A protected stream is checked on every byte; a public one is cacheable by anyone.
  is_protected boolean not null,
  -- SHA-256 of the key; the key itself was shown once.
  key_hash bytea not null,
  -- Rotating the key ends the right of whoever publishes with the old one.
  key_version int not null,
  created_at timestamptz(3) not null,
  -- The number of the newest run; 0 before the first.
  run int not null,
  next_seq int not null,
  bytes bigint not null,
  started_at timestamptz(3),
  last_segment_at timestamptz(3),
  -- No segment for a minute; null again with the next one.
  silent_at timestamptz(3),
  ended_at timestamptz(3),
  purged_at timestamptz(3)
) with (fillfactor = 50);
create index streams_running on streams (last_segment_at) where ended_at is null and silent_at is null;
create index streams_kept on streams (ended_at) where purged_at is null;

-- A connection of the host's encoder: from its init segment to the last one that follows it.
create table stream_runs (
  stream_id uuid not null references streams,
  run int not null,
  -- Named by the publisher, so that an init sent twice opens one run.
  run_id uuid not null,
  publisher_id uuid not null,
  key_version int not null,
  tracks jsonb not null,
  codecs text not null,
  width int not null,
  height int not null,
  opened_at timestamptz(3) not null,
  -- Set with the first segment. A layout is a row of runs with the same tracks and codecs.
  layout int,
  discontinuity int,
  -- Media time of the tick `first_tick` of the leading track.
  anchor_at timestamptz(3),
  first_tick bigint,
  -- Where each track has got to: [{track_id, ends}].
  ends jsonb,
  media_ms bigint not null,
  peak_bits_per_s int not null,
  primary key (stream_id, run),
  unique (stream_id, run_id)
) with (fillfactor = 50);

create table stream_segments (
  stream_id uuid not null,
  seq int not null,
  run int not null,
  -- Media time of the first frame.
  starts_at timestamptz(3) not null,
  duration_ms int not null,
  bytes int not null,
  primary key (stream_id, seq),
  foreign key (stream_id, run) references stream_runs
);
