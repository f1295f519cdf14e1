-- Live rooms: who is live, what is said and pinned there, and what a replay needs to show it again.

create table rooms (
  room_id uuid primary key,
  host_id uuid not null references people,
  title text not null check (length(title) between 1 and 100),
  language text not null check (language ~ '^[a-z]{2}$'),
  stream_id uuid not null unique references streams,
  state text not null check (state in ('preparing', 'live', 'ended')),
  -- A recording that a demo instance plays as if it were live: marked as one wherever it is shown.
  is_demo boolean not null,
  likes bigint not null default 0 check (likes >= 0),
  viewers_peak int not null default 0 check (viewers_peak >= 0),
  created_at timestamptz(3) not null,
  started_at timestamptz(3),
  ended_at timestamptz(3),
  end_reason text check (end_reason in ('host', 'host_gone', 'moderation')),
  check ((state = 'preparing') = (started_at is null) or state = 'ended'),
  check ((state = 'ended') = (ended_at is not null)),
  check ((state = 'ended') = (end_reason is not null))
) with (fillfactor = 70);
-- One room at a time a host.
create unique index rooms_open_of_host on rooms (host_id) where state <> 'ended';
create index rooms_live on rooms (started_at desc, room_id desc) where state = 'live';
create index rooms_ended on rooms (ended_at desc, room_id desc) where state = 'ended' and started_at is not null;
create index rooms_of_host on rooms (host_id, created_at desc);

-- The timeline: chat, gifts, pins and purchases, shown at once while live and by media time in the replay.
create table room_events (
  event_id uuid primary key,
  -- The order in which they were written down; times of one tick are equal.
  seq bigint not null generated always as identity,
  room_id uuid not null references rooms,
  type text not null check (type in ('chat', 'gift', 'pin', 'unpin', 'purchase')),
  person_id uuid references people,
  -- What the event says beyond who and when, in the form of sdk/live.ts.
  data jsonb not null,
  happened_at timestamptz(3) not null,
  media_at timestamptz(3) not null,
  -- Taken away by its author or a moderator, or a gift returned: kept for whoever has to judge, shown to nobody.
  deleted_at timestamptz(3),
  deleted_by uuid references people
);
create index room_events_by_media_time on room_events (room_id, media_at, seq) where deleted_at is null;
create index room_events_by_type on room_events (room_id, type, seq desc) where deleted_at is null;
create index room_events_of_person on room_events (person_id, happened_at desc);

-- Who may not write in a room until when.
create table room_mutes (
  room_id uuid not null references rooms,
  person_id uuid not null references people,
  muted_until timestamptz(3) not null,
  muted_by uuid not null references people,
  muted_at timestamptz(3) not null,
  primary key (room_id, person_id)
);

-- Whom a host has named to keep order in all of their rooms.
create table room_moderators (
  host_id uuid not null references people,
  person_id uuid not null references people,
  named_at timestamptz(3) not null,
  primary key (host_id, person_id),
  check (host_id <> person_id)
);
