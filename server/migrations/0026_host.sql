-- A smaller picture beside the large one, for viewers on poor connections. It belongs to a run, is opened before the
-- run's first segment, and holds a segment for each of the run's: the large one is taken only after the small one.
create table stream_low_runs (
  stream_id uuid not null,
  run int not null,
  tracks jsonb not null,
  codecs text not null,
  width int not null,
  height int not null,
  -- Its newest segment; null before the first. Spans: [{track_id, starts, ends}] in ticks.
  seq int,
  bytes int,
  spans jsonb,
  peak_bits_per_s int not null,
  primary key (stream_id, run),
  foreign key (stream_id, run) references stream_runs
) with (fillfactor = 50);

-- A host tries camera, sound and line, and sees the own picture: nobody else does, no event tells of it, and no row of
-- it is left afterwards.
alter table streams add column is_rehearsal boolean not null default false;
create index streams_rehearsed on streams (owner_id) where is_rehearsal;
