-- More can be reported, the worst first; whoever is judged can appeal, and another moderator decides about it.

alter table cases drop constraint cases_subject_kind_check;
alter table cases add constraint cases_subject_kind_check
  check (subject_kind in ('room', 'person', 'line', 'product', 'video'));
-- 1 to 3, of the gravest reason it was reported for.
alter table cases add column severity smallint not null default 1 check (severity between 1 and 3);
drop index cases_queue;
create index cases_queue on cases ((-severity), opened_at, case_id) where decided_at is null;

-- Where the reporter saw it: a page of the web app, a second of a live.
alter table reports add column place text not null default '' check (length(place) <= 300);
alter table reports alter column place drop default;
alter table cases alter column severity drop default;

-- Ends a live, removes a line, takes a product off sale.
alter table decisions rename column end_live to take_down;

create table appeals (
  appeal_id uuid primary key,
  decision_id uuid not null unique references decisions,
  -- Whom the decision concerns.
  person_id uuid not null references people,
  reasoning text not null check (length(reasoning) between 3 and 2000),
  filed_at timestamptz(3) not null,
  outcome text check (outcome in ('upheld', 'overturned')),
  -- Shown to the person.
  reason text,
  decided_by uuid references people,
  decided_at timestamptz(3),
  check ((decided_at is null) = (outcome is null)),
  check ((decided_at is null) = (reason is null)),
  check ((decided_at is null) = (decided_by is null))
);
create index appeals_open on appeals (filed_at, appeal_id) where decided_at is null;
create index appeals_decided on appeals (decided_at desc, appeal_id desc) where decided_at is not null;
create index decisions_of_case on decisions (decided_at desc, decision_id desc);

-- Taken off sale by moderation: its merchant cannot publish it meanwhile.
alter table products add column held_at timestamptz(3);
