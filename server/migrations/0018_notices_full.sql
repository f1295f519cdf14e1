-- Notices in full: what somebody is told stands as a kind and its values, and becomes a text when it is read or sent.
-- The row of a notice is what makes it be told once; an item is a line of the inbox, which may stand for several.

create table notice_items (
  item_id uuid primary key,
  person_id uuid not null references people,
  kind text not null,
  -- Notices with the same key join the item while it is unread.
  group_key text not null,
  notice_count int not null default 0,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  read_at timestamptz(3)
);
create unique index notice_items_unread on notice_items (person_id, group_key) where read_at is null;
create index notice_items_of_person on notice_items (person_id, updated_at desc, item_id desc);

alter table notices
  alter column person_id drop not null,
  drop column subject,
  drop column body_text,
  drop column mailed_at,
  add column item_id uuid references notice_items,
  -- Who did it: their name is looked up when the notice is read, so an erased person is named nowhere.
  add column actor_id uuid references people,
  add column params jsonb not null default '{}',
  -- A path of the web app.
  add column link text check (link like '/%'),
  -- Where it goes when it is not the person's own address (their former one, a guest's).
  add column address text,
  add column locale text check (locale in ('de', 'en')),
  add constraint notices_have_a_reader check (person_id is not null or (address is not null and locale is not null)),
  drop constraint notices_event_id_person_id_kind_key,
  add constraint notices_are_told_once unique nulls not distinct (event_id, kind, person_id, address);
create index notices_of_item on notices (item_id, created_at desc, notice_id desc) where item_id is not null;
drop index notices_of_person;
create index notices_by_age on notices (created_at);

-- A browser that shows notices while the app is closed (RFC 8030). It ends with the session that allowed it.
create table push_subscriptions (
  subscription_id uuid primary key,
  person_id uuid not null references people,
  session_id uuid not null references auth.sessions on delete cascade,
  endpoint text not null unique,
  p256dh text not null,
  auth text not null,
  created_at timestamptz(3) not null
);
create index push_subscriptions_of_person on push_subscriptions (person_id, created_at);

-- Who this instance is to push services (RFC 8292). The private key is sealed with SOUK_SECRET.
create table push_keys (
  only_one int primary key check (only_one = 1),
  public_key text not null,
  private_key_sealed text not null,
  created_at timestamptz(3) not null
);

-- What is to leave the house. `send_id` follows from notice and device: a mail's is its notice's, and its Message-ID.
create table notice_sends (
  send_id uuid primary key,
  notice_id uuid not null references notices on delete cascade,
  channel text not null check (channel in ('mail', 'push')),
  subscription_id uuid references push_subscriptions on delete cascade,
  -- When it is tried next; null once it is done.
  due_at timestamptz(3),
  attempts int not null default 0,
  -- A link that only this mail may hold, sealed with SOUK_SECRET; gone once it is done.
  secret_sealed text,
  outcome text check (outcome in ('sent', 'unwanted', 'suppressed', 'refused', 'expired', 'given_up')),
  done_at timestamptz(3),
  check ((due_at is null) = (outcome is not null))
);
create index notice_sends_due on notice_sends (due_at) where due_at is not null;
create index notice_sends_of_notice on notice_sends (notice_id);
create index notice_sends_of_subscription on notice_sends (subscription_id) where subscription_id is not null;

-- What a person chose otherwise than the notice's default.
create table notice_choices (
  person_id uuid not null references people,
  kind text not null,
  channel text not null check (channel in ('app', 'mail', 'push')),
  wanted boolean not null,
  primary key (person_id, kind, channel)
);

-- Hours without push and without mail that can wait, in the person's own zone. `22:00` to `07:00` runs over midnight.
create table notice_settings (
  person_id uuid primary key references people,
  zone text not null,
  quiet_from text check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  quiet_until text check (quiet_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  check ((quiet_from is null) = (quiet_until is null))
);

-- What mail servers said of an address. Each report is counted once.
create table mail_bounces (
  bounce_id uuid primary key,
  address text not null,
  kind text not null check (kind in ('hard', 'soft', 'complaint')),
  detail text not null,
  reported_at timestamptz(3) not null
);
create index mail_bounces_of_address on mail_bounces (address, reported_at desc);

-- Addresses that get no mail until their owner asks for it again.
create table mail_suppressions (
  address text primary key,
  reason text not null check (reason in ('hard', 'soft', 'complaint')),
  detail text not null,
  since_at timestamptz(3) not null
);

-- The unsubscribe link of a mail in the development mailbox, as a mail program would show it.
alter table mailbox add column unsubscribe_url text;
