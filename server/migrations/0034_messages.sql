-- Messages: conversations of two and of groups. Who is not followed by the other asks first.

create table conversations (
  conversation_id uuid primary key,
  -- Derived from the two people: there is one conversation of a pair. Null for groups.
  pair_id uuid unique,
  title text check (length(title) between 1 and 60),
  created_by uuid not null references people,
  created_at timestamptz(3) not null,
  -- When something was last said: the order of the list.
  said_at timestamptz(3) not null
) with (fillfactor = 70);

create table conversation_members (
  conversation_id uuid not null references conversations,
  person_id uuid not null references people,
  -- `asked`: has not answered the request; `refused`: turned it down, which nobody is told.
  state text not null check (state in ('in', 'asked', 'refused', 'left')),
  read_at timestamptz(3),
  is_muted boolean not null default false,
  joined_at timestamptz(3) not null,
  primary key (conversation_id, person_id)
) with (fillfactor = 70);
create index conversations_of_person on conversation_members (person_id, state);

create table messages (
  message_id uuid primary key,
  conversation_id uuid not null references conversations,
  person_id uuid not null references people,
  body_text text not null check (length(body_text) <= 2000),
  -- What is passed on with it.
  thing_kind text check (thing_kind in ('video', 'room', 'product')),
  thing_id uuid,
  sent_at timestamptz(3) not null,
  -- Taken away by moderation, or its author is gone.
  removed_at timestamptz(3),
  check ((thing_kind is null) = (thing_id is null))
);
create index messages_of_conversation on messages (conversation_id, sent_at desc, message_id desc);
create index messages_of_person on messages (person_id);
