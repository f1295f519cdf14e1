-- The feed: how videos stand, which are watched by the same people, what was served to whom and why, and what is not
-- wanted.

-- Made again by a job for whatever was watched lately; everything in it follows from video_hours.
create table video_standings (
  video_id uuid primary key references videos,
  starts bigint not null,
  held bigint not null,
  skips bigint not null,
  -- A thousand times log2 of the decayed number of people who stayed, with the time added in half-lives: the order of
  -- two videos does not change while nobody watches them, so this is only written when somebody does.
  trend_rank bigint not null,
  changed_at timestamptz(3) not null
) with (fillfactor = 70);
create index video_standings_trending on video_standings (trend_rank desc, video_id);

create table creator_standings (
  person_id uuid primary key references people,
  views bigint not null,
  first_published_at timestamptz(3) not null,
  changed_at timestamptz(3) not null
) with (fillfactor = 70);

-- How often the same session held both; both ways, the most frequent of each video.
create table co_watches (
  video_id uuid not null,
  other_id uuid not null,
  n integer not null check (n > 0),
  primary key (video_id, other_id)
) with (fillfactor = 70);

-- How far a job has come.
create table feed_marks (
  job text primary key,
  reached_at timestamptz(3) not null,
  session_id uuid not null,
  video_id uuid not null
);

-- One row a page. The viewer is a person, or the visit of somebody of whom nothing is kept by name.
create table served_pages (
  served_id uuid primary key,
  viewer_id uuid not null,
  served_at timestamptz(3) not null,
  -- Which file of weights ranked it.
  weights text not null,
  -- In order: what was served, whose it is.
  thing_ids uuid[] not null,
  creator_ids uuid[] not null,
  -- Whether each is of a creator who has not found an audience yet.
  news boolean[] not null,
  -- [{kind, id, score, is_new, replay, why: [{code, …}]}]
  items jsonb not null
);
create index served_to_viewer on served_pages (viewer_id, served_at desc);
create index served_by_age on served_pages using brin (served_at);

-- What somebody wants less of. A video is not shown again; of the rest there is less.
create table corrections (
  viewer_id uuid not null,
  kind text not null check (kind in ('video', 'creator', 'tag', 'sound')),
  what text not null check (length(what) between 1 and 60),
  -- The page on which it was said, to tell which pages please.
  served_id uuid,
  made_at timestamptz(3) not null,
  primary key (viewer_id, kind, what)
);
create index corrections_by_age on corrections using brin (made_at);
