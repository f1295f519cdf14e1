-- Sanctions: what a person may not do for a while, and why. Never deleted; an end before time is written beside it.

create table sanctions (
  sanction_id uuid primary key,
  person_id uuid not null references people,
  kind text not null check (kind in ('suspended')),
  reason text not null,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null check (until_at > from_at),
  imposed_by uuid not null references people,
  lifted_at timestamptz(3),
  lifted_by uuid references people,
  check ((lifted_at is null) = (lifted_by is null))
);
create index sanctions_of_person on sanctions (person_id, until_at desc);
