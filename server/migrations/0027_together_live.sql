-- Two people in one picture: a viewer joins the host of a live (docs/cohosts.md).

create table cohosts (
  cohost_id uuid primary key,
  room_id uuid not null references rooms,
  -- who joins; the other one is the host of the room
  person_id uuid not null references people,
  -- both have to say yes, in either order; the last yes stands for two minutes without the other
  host_yes_at timestamptz(3),
  guest_yes_at timestamptz(3),
  -- when the host's page first had both in the picture
  shown_at timestamptz(3),
  ended_at timestamptz(3),
  end_reason text check (end_reason in ('host', 'guest', 'lost', 'blocked', 'suspended', 'live_ended', 'erased')),
  check (host_yes_at is not null or guest_yes_at is not null),
  check ((ended_at is null) = (end_reason is null))
);
create unique index cohosts_open on cohosts (room_id, person_id) where ended_at is null;
create index cohosts_of_person on cohosts (person_id) where ended_at is null;
-- One at a time: in a room, and for the person who joins.
create unique index cohosts_together_in_room on cohosts (room_id)
  where ended_at is null and host_yes_at is not null and guest_yes_at is not null;
create unique index cohosts_together_of_person on cohosts (person_id)
  where ended_at is null and host_yes_at is not null and guest_yes_at is not null;

-- Who was in the picture is kept for the replay.
alter table room_events drop constraint room_events_type_check;
alter table room_events add constraint room_events_type_check check (
  type in ('chat', 'gift', 'pin', 'unpin', 'purchase', 'poll', 'poll.closed', 'note', 'caption', 'question', 'cohost')
);
