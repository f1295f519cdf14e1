-- The demo's cast: who plays which part. Empty in every other instance.

create table demo_cast (
  part text primary key check (length(part) between 1 and 40),
  person_id uuid not null unique references people
);
