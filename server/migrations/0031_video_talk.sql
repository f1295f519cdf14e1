-- What people do with a video: like, save, share, comment. Counts stand in video_counts and comments and follow from
-- these rows.

create table video_likes (
  video_id uuid not null references videos,
  person_id uuid not null references people,
  liked_at timestamptz(3) not null,
  primary key (video_id, person_id)
);
create index likes_of_person on video_likes (person_id, liked_at desc, video_id desc);

create table video_saves (
  video_id uuid not null references videos,
  person_id uuid not null references people,
  saved_at timestamptz(3) not null,
  primary key (video_id, person_id)
);
create index saves_of_person on video_saves (person_id, saved_at desc, video_id desc);

-- One person counts once for each way of sharing a video.
create table video_shares (
  video_id uuid not null references videos,
  person_id uuid not null references people,
  sent_to text not null check (sent_to in ('link', 'embed', 'message', 'card')),
  shared_at timestamptz(3) not null,
  primary key (video_id, person_id, sent_to)
);
create index shares_of_person on video_shares (person_id);

create table comments (
  comment_id uuid primary key,
  video_id uuid not null references videos,
  person_id uuid not null references people,
  -- The comment below which it stands; replies stand on one level.
  parent_id uuid references comments,
  -- Whose words a reply answers, when they are not the parent's.
  answers_id uuid references people,
  body_text text not null check (length(body_text) <= 500),
  -- Held back by the owner's filter: only its author and the owner see it, and it is not counted.
  held_for text check (held_for in ('word', 'link', 'all')),
  likes int not null default 0 check (likes >= 0),
  replies int not null default 0 check (replies >= 0),
  pinned_at timestamptz(3),
  created_at timestamptz(3) not null,
  deleted_at timestamptz(3),
  deleted_by text check (deleted_by in ('author', 'owner', 'thread', 'moderation', 'erasure')),
  check ((deleted_at is null) = (deleted_by is null)),
  check (parent_id is null or (pinned_at is null and replies = 0))
) with (fillfactor = 70);
create index comments_top on comments (video_id, likes desc, created_at desc, comment_id desc)
  where parent_id is null and deleted_at is null;
create index comments_new on comments (video_id, created_at desc, comment_id desc)
  where parent_id is null and deleted_at is null;
create index comments_replies on comments (parent_id, created_at, comment_id) where parent_id is not null;
create index comments_of_person on comments (person_id, created_at desc);
create index comments_held on comments (video_id, created_at desc) where held_for is not null and deleted_at is null;
create index comments_deleted on comments (deleted_at) where deleted_at is not null;
create unique index comments_pinned on comments (video_id) where pinned_at is not null and deleted_at is null;

create table comment_likes (
  comment_id uuid not null references comments,
  person_id uuid not null references people,
  liked_at timestamptz(3) not null,
  primary key (comment_id, person_id)
);
create index comment_likes_of_person on comment_likes (person_id);

-- What a person's videos hold back until they have read it.
create table comment_filters (
  person_id uuid primary key references people,
  words text[] not null default '{}' check (cardinality(words) <= 200),
  holds_links boolean not null default true,
  holds_all boolean not null default false,
  changed_at timestamptz(3) not null
);

alter table cases drop constraint cases_subject_kind_check;
alter table cases add constraint cases_subject_kind_check
  check (subject_kind in ('room', 'person', 'line', 'product', 'video', 'comment', 'message'));
