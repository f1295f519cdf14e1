-- The ledger: accounts with two monotone counters, and immutable transfers between them (docs/ledger.md).

create schema ledger;

create table ledger.accounts (
  -- derived from (owner, kind, asset), see docs/decisions/0005-derived-account-ids.md
  account_id uuid primary key,
  -- a person or a merchant; null: the house
  owner_id uuid,
  kind text not null check (kind ~ '^[a-z][a-z0-9_.]*(:[A-Za-z0-9_.]+)*$'),
  asset text not null check (asset = 'COIN' or asset ~ '^[A-Z]{3}$'),
  debits bigint not null default 0 check (debits >= 0),
  credits bigint not null default 0 check (credits >= 0),
  -- the least that credits - debits may reach; null: unlimited
  floor bigint,
  opened_at timestamptz(3) not null,
  closed_at timestamptz(3),
  unique nulls not distinct (owner_id, kind, asset)
) with (fillfactor = 50);

-- No foreign keys: they cost 40 % of the rate, and post() has locked and judged both accounts.
create table ledger.transfers (
  transfer_id uuid primary key,
  -- the order of the book: per account it is the order in which its balance changed
  seq bigint generated always as identity,
  debit uuid not null,
  credit uuid not null check (credit <> debit),
  amount bigint not null check (amount > 0),
  code text not null check (code ~ '^[a-z][a-z0-9_.]*$'),
  -- the gift, order, top-up … it belongs to
  ref uuid not null,
  -- all of a group or none
  group_id uuid,
  -- where the amount lies on each account's line: [debit_from, debit_from + amount) of its debits, the same of its credits
  debit_from bigint not null,
  credit_from bigint not null,
  debit_balance bigint not null,
  credit_balance bigint not null,
  event_at timestamptz(3) not null,
  recorded_at timestamptz(3) not null
);
create index transfers_debit on ledger.transfers (debit, seq);
create index transfers_credit on ledger.transfers (credit, seq);
create index transfers_ref on ledger.transfers (ref);

-- FAULTS I13: the app can add to the book, never change it.
grant usage on schema ledger to souk_app;
grant select, insert on ledger.transfers to souk_app;
grant select, insert, update (debits, credits, closed_at) on ledger.accounts to souk_app;
