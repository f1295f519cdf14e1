-- People: private profiles with requests to follow, mutes, and the order in which whom one follows is listed.

alter table people
  -- Only followers see the videos and the ties; to follow is to ask.
  add column is_private boolean not null default false,
  -- Whether others see what one likes.
  add column shows_likes boolean not null default false;

create table follow_requests (
  requester_id uuid not null references people,
  person_id uuid not null references people,
  asked_at timestamptz(3) not null,
  primary key (requester_id, person_id),
  check (requester_id <> person_id)
);
create index requests_of_person on follow_requests (person_id, asked_at desc, requester_id desc);

-- Whose posts leave one's feeds. The muted never learn of it.
create table mutes (
  muter_id uuid not null references people,
  muted_id uuid not null references people,
  muted_at timestamptz(3) not null,
  primary key (muter_id, muted_id),
  check (muter_id <> muted_id)
);
create index mutes_of_muter on mutes (muter_id, muted_at desc, muted_id desc);

create index follows_of_follower on follows (follower_id, followed_at desc, followee_id desc);
