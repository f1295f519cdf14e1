-- Battles: two lives compare what they are given, between two instants of the server's clock (docs/battles.md).

create table battles (
  battle_id uuid primary key,
  -- the room whose host asked, and the one that was asked
  room_id uuid not null references rooms,
  rival_id uuid not null references rooms,
  lasts_s int not null check (lasts_s between 60 and 600),
  asked_at timestamptz(3) not null,
  -- set when the rival accepts; what is given from starts_at and before ends_at counts
  starts_at timestamptz(3),
  ends_at timestamptz(3),
  -- declined, taken back, or given up before its end
  stopped_at timestamptz(3),
  stopped_by uuid references people,
  check (room_id <> rival_id),
  check ((starts_at is null) = (ends_at is null))
);
create index battles_of_room on battles (room_id, asked_at desc);
create index battles_of_rival on battles (rival_id, asked_at desc);
create index battles_running on battles (ends_at) where ends_at is not null and stopped_at is null;
