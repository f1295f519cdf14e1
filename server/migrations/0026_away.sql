-- Since when the host of a running live is away: a call, a locked screen, a pause. Null while they are there.
alter table rooms add column away_since timestamptz(3);
