-- What every room uses: the outbox of events, and the mailbox of a development instance.

-- One row a transaction, holding all events it emitted. Deleted once handed on.
create table outbox (
  outbox_id uuid primary key,
  events jsonb not null,
  emitted_at timestamptz(3) not null,
  attempts int not null default 0,
  next_at timestamptz(3) not null,
  parked boolean not null default false
);
create index outbox_due on outbox (next_at, outbox_id) where not parked;

-- Mails of an instance without a sender. Never written in production.
create table mailbox (
  mail_id uuid primary key,
  recipient text not null,
  subject text not null,
  body_text text not null,
  sent_at timestamptz(3) not null
);
create index mailbox_sent on mailbox (sent_at desc, mail_id desc);
