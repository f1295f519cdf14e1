-- What people say to each other beside the chat of a live: polls, questions, a pinned message, captions.

create table polls (
  poll_id uuid primary key,
  room_id uuid not null references rooms,
  question text not null check (length(question) between 1 and 200),
  options text[] not null check (cardinality(options) between 2 and 4),
  opened_by uuid not null references people,
  opened_at timestamptz(3) not null,
  -- By the server's time: a vote after it is none.
  closes_at timestamptz(3) not null,
  closed_at timestamptz(3)
);
-- One at a time in a room.
create unique index polls_open on polls (room_id) where closed_at is null;
create index polls_due on polls (closes_at) where closed_at is null;
create index polls_of_room on polls (room_id, opened_at desc);

create table poll_votes (
  poll_id uuid not null references polls,
  person_id uuid not null references people,
  -- Counted from 0.
  option int not null check (option between 0 and 3),
  voted_at timestamptz(3) not null,
  primary key (poll_id, person_id)
);

create table questions (
  question_id uuid primary key,
  room_id uuid not null references rooms,
  person_id uuid not null references people,
  text text not null check (length(text) between 1 and 200),
  state text not null check (state in ('open', 'answered', 'removed')),
  votes int not null check (votes >= 0),
  asked_at timestamptz(3) not null,
  closed_at timestamptz(3)
) with (fillfactor = 70);
create index questions_of_room on questions (room_id, state, votes desc, question_id);

create table question_votes (
  question_id uuid not null references questions,
  person_id uuid not null references people,
  voted_at timestamptz(3) not null,
  primary key (question_id, person_id)
);

alter table room_events drop constraint room_events_type_check;
alter table room_events add constraint room_events_type_check check (
  type in ('chat', 'gift', 'pin', 'unpin', 'purchase', 'poll', 'poll.closed', 'note', 'caption', 'question')
);
