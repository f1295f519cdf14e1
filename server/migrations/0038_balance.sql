-- How much selling somebody wants to see, 0–100. Who never said has no row: the market's pack says where their dial stands.

create table commerce_dials (
  person_id uuid primary key references people,
  dial smallint not null check (dial between 0 and 100),
  changed_at timestamptz(3) not null
);
