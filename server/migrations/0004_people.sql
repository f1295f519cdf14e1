-- People: what others see of a person, and what the rules of a market need to know.

create table people (
  -- The same id as auth.users, without a foreign key: erasure deletes the user and leaves a tombstone here.
  person_id uuid primary key,
  handle text not null unique check (handle ~ '^[a-z0-9][a-z0-9_.]{1,28}[a-z0-9]$'),
  name text not null check (length(name) between 1 and 60),
  bio text not null default '' check (length(bio) <= 300),
  -- A generated file name below `avatars/` in the storage.
  avatar text,
  market char(2) not null,
  locale text not null check (locale in ('de', 'en')),
  born_on date,
  roles text[] not null default '{}' check (roles <@ array['operator', 'moderator', 'finance']),
  follower_count int not null default 0 check (follower_count >= 0),
  following_count int not null default 0 check (following_count >= 0),
  -- Written by access (sanctions); kept here so that reading a session stays one query.
  suspended_until timestamptz(3),
  created_at timestamptz(3) not null,
  erased_at timestamptz(3)
) with (fillfactor = 70);
create index people_by_age on people (created_at desc, person_id desc);

create table follows (
  follower_id uuid not null references people,
  followee_id uuid not null references people,
  followed_at timestamptz(3) not null,
  primary key (follower_id, followee_id),
  check (follower_id <> followee_id)
);
create index follows_of_followee on follows (followee_id, followed_at desc, follower_id desc);

-- A block hides both from each other, everywhere.
create table blocks (
  blocker_id uuid not null references people,
  blocked_id uuid not null references people,
  blocked_at timestamptz(3) not null,
  primary key (blocker_id, blocked_id),
  check (blocker_id <> blocked_id)
);
create index blocks_of_blocked on blocks (blocked_id, blocker_id);

-- Append-only: who changed what about a person, for whom the law or money depends on it (birth date, roles).
create table person_changes (
  change_id uuid primary key,
  person_id uuid not null references people,
  field text not null check (field in ('born_on', 'roles')),
  was text,
  became text,
  changed_by uuid not null references people,
  reason text not null,
  changed_at timestamptz(3) not null
);
create index changes_of_person on person_changes (person_id, changed_at desc);
