-- Lives whose pictures lie elsewhere (docs/media.md). A stream without a row here comes by the house's own ingest.

create table stream_sources (
  stream_id uuid primary key references streams,
  provider text not null check (provider in ('external_hls')),
  -- As the host gave it: https, and checked anew with every request.
  url text not null check (length(url) between 12 and 2000),
  -- Where the newest segment ends: its number in the outside playlist, and its media time.
  edge_seq bigint,
  edge_at timestamptz(3),
  -- Whether media time is the one that stands in the playlist, or reckoned from when segments were first seen.
  source_clock boolean,
  looked_at timestamptz(3),
  -- What was wrong at the last look; null: nothing.
  fault text
) with (fillfactor = 70);
