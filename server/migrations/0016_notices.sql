-- Messages to people. The row is what makes a message be sent once: one for each event, person and kind.
create table notices (
  notice_id uuid primary key,
  event_id uuid not null,
  person_id uuid not null references people,
  kind text not null,
  subject text not null,
  body_text text not null,
  created_at timestamptz(3) not null,
  mailed_at timestamptz(3),
  unique (event_id, person_id, kind)
);
create index notices_of_person on notices (person_id, created_at desc, notice_id desc);
