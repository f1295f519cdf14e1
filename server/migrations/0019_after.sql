-- What remains of a live: how many watched, minute by minute, and to whom its host handed its viewers.

create table room_samples (
  room_id uuid not null references rooms,
  minute_at timestamptz(3) not null,
  -- The most at once within that minute.
  viewers int not null check (viewers >= 0),
  primary key (room_id, minute_at)
) with (fillfactor = 70);

create table handover_choices (
  host_id uuid primary key references people,
  -- Whether other hosts may hand their viewers over.
  welcome boolean not null,
  chosen_at timestamptz(3) not null
);

create table room_handovers (
  from_room_id uuid primary key references rooms,
  to_room_id uuid not null references rooms,
  handed_at timestamptz(3) not null,
  check (from_room_id <> to_room_id)
);
create index room_handovers_to on room_handovers (to_room_id);

create index orders_of_room on orders (room_id, paid_at) where room_id is not null;
