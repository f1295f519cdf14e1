-- What is watched: judged, deduplicated and added up in batches.

-- One visit of a guest, or a day (UTC) of a person. Nobody can have watched longer than it lasts.
create table playback_sessions (
  session_id uuid primary key,
  began_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  watched_ms bigint not null check (watched_ms >= 0)
) with (fillfactor = 50);
create index playback_sessions_by_age on playback_sessions using brin (began_at);

-- What one session saw of one video. Without foreign keys to sessions (they go first) and videos (the batch has
-- looked).
create table watches (
  session_id uuid not null,
  video_id uuid not null,
  -- Null for guests, and for who is not known to be of age: of them nothing is kept by name.
  person_id uuid references people,
  -- Events up to this one are in it: the same event sent twice counts once.
  last_seq bigint not null,
  watched_ms bigint not null check (watched_ms >= 0),
  loops integer not null check (loops >= 0),
  is_complete boolean not null,
  is_skipped boolean not null,
  -- When it became a view, and when it became worth following up (ten seconds, or most of it).
  counted_at timestamptz(3),
  held_at timestamptz(3),
  began_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  primary key (session_id, video_id)
) with (fillfactor = 50);
create index watches_of_person on watches (person_id, began_at desc, video_id) where person_id is not null;
create index watches_held on watches (held_at, session_id, video_id) where held_at is not null;
create index watches_by_age on watches using brin (began_at);

-- The same added up for each video and hour; what is popular now is read from here.
create table video_hours (
  video_id uuid not null,
  hour_at timestamptz(3) not null,
  starts bigint not null check (starts >= 0),
  views bigint not null check (views >= 0),
  held bigint not null check (held >= 0),
  completions bigint not null check (completions >= 0),
  skips bigint not null check (skips >= 0),
  watched_ms bigint not null check (watched_ms >= 0),
  primary key (video_id, hour_at)
) with (fillfactor = 50);
create index video_hours_by_hour on video_hours (hour_at);
