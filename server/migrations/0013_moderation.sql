-- Reports, decisions, and the log of who decided what.

-- What is reported, once while it is open, however many report it.
create table cases (
  case_id uuid primary key,
  subject_kind text not null check (subject_kind in ('room', 'person')),
  subject_id uuid not null,
  -- The person responsible for it.
  owner_id uuid not null references people,
  -- What it was called when it was first reported; it may be gone when it is judged.
  title text not null,
  opened_at timestamptz(3) not null,
  decided_at timestamptz(3)
);
create unique index cases_open_subject on cases (subject_kind, subject_id) where decided_at is null;
create index cases_queue on cases (opened_at, case_id) where decided_at is null;
create index cases_of_owner on cases (owner_id, opened_at desc);
create index cases_decided on cases (decided_at desc, case_id desc) where decided_at is not null;

create table reports (
  report_id uuid primary key,
  case_id uuid not null references cases,
  -- A person, or the keyed hash of an address: reports of one reporter count once (FAULTS B24).
  reporter_key text not null,
  reporter_id uuid references people,
  -- The keyed hash of a network: a ring behind one line is seen as one.
  network_key text not null,
  reason text not null,
  details text not null check (length(details) <= 2000),
  reported_at timestamptz(3) not null,
  unique (case_id, reporter_key)
);

create table decisions (
  decision_id uuid primary key,
  case_id uuid not null unique references cases,
  outcome text not null check (outcome in ('dismissed', 'violation')),
  end_live boolean not null,
  sanction_id uuid references sanctions,
  -- Shown to the person it concerns.
  reason text not null,
  decided_by uuid not null references people,
  decided_at timestamptz(3) not null
);

create table audit_log (
  -- The id of the event or decision it stands for, so that nothing is written twice.
  audit_id uuid primary key,
  actor_id uuid references people,
  action text not null,
  subject_kind text not null,
  subject_id uuid not null,
  reason text not null,
  data jsonb not null,
  happened_at timestamptz(3) not null
);
create index audit_log_by_time on audit_log (happened_at desc, audit_id desc);

-- Append-only for everybody, the owner's role included.
create function refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function refuse_rewriting();
create trigger decisions_append_only before update or delete or truncate on decisions
  for each statement execute function refuse_rewriting();
create trigger person_changes_append_only before update or delete or truncate on person_changes
  for each statement execute function refuse_rewriting();
