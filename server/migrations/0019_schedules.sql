-- What stands around a live: plans, reminders, and who was told that it began.

create table schedules (
  schedule_id uuid primary key,
  host_id uuid not null references people,
  title text not null check (length(title) between 1 and 100),
  about text not null check (length(about) <= 1000),
  language text not null check (language ~ '^[a-z]{2}$'),
  -- The host's clock on the wall at the first time; a repetition follows it over a change to summer time.
  local_time text not null check (local_time ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$'),
  zone text not null,
  repeat text not null check (repeat in ('none', 'daily', 'weekly')),
  -- The next time as an instant.
  starts_at timestamptz(3) not null,
  picture text,
  -- What will be shown, in the form of sdk/live.ts.
  things jsonb not null,
  state text not null check (state in ('planned', 'over', 'cancelled')),
  -- Counts the changes: SEQUENCE of RFC 5545.
  revision int not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index schedules_upcoming on schedules (starts_at, schedule_id) where state = 'planned';
create index schedules_of_host on schedules (host_id, starts_at);

create table schedule_reminders (
  schedule_id uuid not null references schedules,
  person_id uuid not null references people,
  asked_at timestamptz(3) not null,
  primary key (schedule_id, person_id)
);
create index schedule_reminders_of_person on schedule_reminders (person_id);

-- A room that was opened from a plan, and every room whose beginning people were told of.
create table room_starts (
  room_id uuid primary key references rooms,
  host_id uuid not null references people,
  schedule_id uuid references schedules,
  -- Which of the plan's times it is.
  occurs_at timestamptz(3),
  opened_at timestamptz(3) not null,
  announced_at timestamptz(3),
  check ((schedule_id is null) = (occurs_at is null))
);
-- One of a plan's times is told of once, however often its host had to begin anew.
create unique index room_starts_announced on room_starts (schedule_id, occurs_at) where announced_at is not null;
create index room_starts_of_host on room_starts (host_id, announced_at desc) where announced_at is not null;
create index room_starts_of_schedule on room_starts (schedule_id, opened_at desc);
