-- How a host keeps order in the chat of all their rooms. Without a row nothing is restricted.
create table chat_rules (
  host_id uuid primary key references people,
  -- Seconds between two lines of one person; 0 is off.
  slow_s int not null check (slow_s between 0 and 3600),
  -- How long one must have followed the host; null is off, 0 any follower.
  followers_for_s int check (followers_for_s between 0 and 31536000),
  -- How old an account must be; 0 is off.
  min_account_age_s int not null check (min_account_age_s between 0 and 31536000),
  subscribers_only boolean not null,
  links_refused boolean not null,
  block_words text[] not null check (cardinality(block_words) <= 200),
  -- Counts the changes: what was made ready for a version is used until the next.
  version int not null,
  changed_by uuid not null references people,
  changed_at timestamptz(3) not null
);

-- Who may not write in the rooms of a host, until when or for ever (null).
create table chat_mutes (
  host_id uuid not null references people,
  person_id uuid not null references people,
  muted_until timestamptz(3),
  muted_by uuid not null references people,
  muted_at timestamptz(3) not null,
  primary key (host_id, person_id),
  check (host_id <> person_id)
);
create index chat_mutes_of_host on chat_mutes (host_id, muted_at desc, person_id desc);

insert into chat_mutes (host_id, person_id, muted_until, muted_by, muted_at)
  select distinct on (r.host_id, m.person_id) r.host_id, m.person_id, m.muted_until, m.muted_by, m.muted_at
  from room_mutes m join rooms r using (room_id)
  where r.host_id <> m.person_id order by r.host_id, m.person_id, m.muted_until desc;
drop table room_mutes;
