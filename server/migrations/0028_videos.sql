-- Short videos: what is uploaded (media), what became of it (media), and what a person posts (videos).
-- An upload arrives in pieces, is packaged once into CMAF renditions by a worker, and its bytes are then deleted.

create table uploads (
  upload_id uuid primary key,
  owner_id uuid not null references people,
  -- As its owner named it: shown to the owner only, never a path.
  file_name text not null check (length(file_name) between 1 and 200),
  size_bytes bigint not null check (size_bytes > 0),
  state text not null check (state in ('receiving', 'packaging', 'packaged', 'refused')),
  -- The code of the refusal, in the house's list; what would work is told from it.
  refusal text check ((state = 'refused') = (refusal is not null)),
  created_at timestamptz(3) not null,
  received_at timestamptz(3),
  -- What nobody finishes is deleted then.
  expires_at timestamptz(3) not null
) with (fillfactor = 50);
create index uploads_of_owner on uploads (owner_id, created_at desc);
create index uploads_expiring on uploads (expires_at) where state = 'receiving';
create index uploads_waiting on uploads (received_at) where state = 'packaging';

-- A packaged video: an HLS presentation with one or more renditions under storage `packages/<id>/`.
create table packages (
  package_id uuid primary key references uploads (upload_id),
  owner_id uuid not null references people,
  -- Every byte is asked for: not everybody may see it (drafts, followers, friends, later subscribers).
  is_protected boolean not null,
  duration_ms integer not null check (duration_ms > 0),
  width integer not null check (width between 16 and 4096),
  height integer not null check (height between 16 and 4096),
  has_sound boolean not null,
  bytes bigint not null check (bytes > 0),
  created_at timestamptz(3) not null,
  purged_at timestamptz(3)
);

create table package_renditions (
  package_id uuid not null references packages,
  rendition integer not null check (rendition between 0 and 3),
  codecs text not null,
  width integer not null,
  height integer not null,
  peak_bits_per_s integer not null check (peak_bits_per_s > 0),
  -- [{ms, bytes}] in order: the playlist is written from it.
  segments jsonb not null,
  primary key (package_id, rendition)
);

create table videos (
  video_id uuid primary key,
  person_id uuid not null references people,
  package_id uuid unique references packages,
  upload_id uuid not null references uploads,
  state text not null check (state in ('draft', 'scheduled', 'published')),
  caption text not null default '' check (length(caption) <= 2200),
  language text not null check (language ~ '^[a-z]{2}$'),
  visibility text not null default 'everyone' check (visibility in ('everyone', 'followers', 'friends', 'me')),
  who_comments text not null default 'everyone' check (who_comments in ('everyone', 'followers', 'friends', 'nobody')),
  may_duet boolean not null default true,
  -- A still of it, drawn by the uploader's browser and re-encoded by us; null until there is one.
  cover text check (cover ~ '^[0-9a-f-]{36}\.webp$'),
  duration_ms integer check (duration_ms > 0),
  width integer,
  height integer,
  has_sound boolean,
  -- The sound it uses or became (sounds), and the video beside which it was recorded (duets).
  sound_id uuid,
  duet_of uuid references videos,
  is_demo boolean not null default false,
  created_at timestamptz(3) not null,
  publish_at timestamptz(3),
  published_at timestamptz(3),
  -- Taken down by moderation; the owner sees it with the reason.
  hidden_at timestamptz(3),
  deleted_at timestamptz(3),
  check (state <> 'published' or (published_at is not null and package_id is not null and duration_ms is not null)),
  check ((state = 'scheduled') = (publish_at is not null and published_at is null))
) with (fillfactor = 70);
create index videos_of_person on videos (person_id, published_at desc, video_id desc) where state = 'published' and deleted_at is null;
create index videos_drafts on videos (person_id, created_at desc) where state <> 'published' and deleted_at is null;
create index videos_new on videos (published_at desc, video_id desc)
  where state = 'published' and visibility = 'everyone' and deleted_at is null and hidden_at is null;
create index videos_scheduled on videos (publish_at) where state = 'scheduled' and deleted_at is null;
create index videos_of_sound on videos (sound_id, published_at desc) where state = 'published' and deleted_at is null;
create index videos_duets on videos (duet_of, published_at desc) where duet_of is not null;
create index videos_deleted on videos (deleted_at) where deleted_at is not null;

-- A sound belongs to the video that it was first heard in; others use it while its owner allows.
create table sounds (
  sound_id uuid primary key,
  video_id uuid not null unique references videos,
  owner_id uuid not null references people,
  title text not null check (length(title) between 1 and 100),
  created_at timestamptz(3) not null,
  withdrawn_at timestamptz(3)
);
create index sounds_of_owner on sounds (owner_id, created_at desc);
alter table videos add foreign key (sound_id) references sounds;

-- Counted up in batches; kept apart from the post, which changes seldom.
create table video_counts (
  video_id uuid primary key references videos,
  views bigint not null default 0 check (views >= 0),
  likes integer not null default 0 check (likes >= 0),
  comments integer not null default 0 check (comments >= 0),
  shares integer not null default 0 check (shares >= 0),
  saves integer not null default 0 check (saves >= 0)
) with (fillfactor = 50);

-- Read out of the caption when it is saved: lower case, without `#`.
create table video_tags (
  video_id uuid not null references videos,
  tag text not null check (length(tag) between 1 and 60),
  primary key (tag, video_id)
);
create index tags_of_video on video_tags (video_id);

create table video_mentions (
  video_id uuid not null references videos,
  person_id uuid not null references people,
  primary key (video_id, person_id)
);
create index mentions_of_person on video_mentions (person_id, video_id);

-- Captions to read along, one list of cues a language: [{from_ms, to_ms, text}].
create table video_captions (
  video_id uuid not null references videos,
  language text not null check (language ~ '^[a-z]{2}$'),
  cues jsonb not null,
  changed_at timestamptz(3) not null,
  primary key (video_id, language)
);
