-- Payments: what was asked of the payment provider, and what it said (docs/payments.md).

-- A person's stored ways to pay. The number of a card never reaches us: the provider gives a token for it.
create table payment_methods (
  method_id uuid primary key,
  person_id uuid not null references people,
  provider text not null,
  token text not null,
  brand text not null,
  last4 text not null check (last4 ~ '^\d{4}$'),
  created_at timestamptz(3) not null,
  deleted_at timestamptz(3)
);
create index payment_methods_of_person on payment_methods (person_id, created_at desc, method_id desc)
  where deleted_at is null;

-- One row a charge that we ask for. Its id is our reference and the provider's idempotency key: it is never charged twice.
create table payment_attempts (
  attempt_id uuid primary key,
  -- the room that is told of the outcome, and the thing that is paid
  purpose text not null check (purpose ~ '^[a-z_]+$'),
  thing_id uuid not null,
  person_id uuid not null references people,
  provider text not null,
  method_id uuid not null references payment_methods,
  method_token text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  -- what the provider kept of the charge
  fee_minor bigint not null default 0 check (fee_minor >= 0),
  -- refunds asked for and not failed: never more than was captured
  refunded_minor bigint not null default 0 check (refunded_minor between 0 and amount_minor),
  state text not null check (state in ('created', 'requires_action', 'authorizing', 'unknown', 'captured', 'declined',
    'expired', 'refund_due', 'refunded', 'reversed')),
  -- the newest report of the provider that we have seen: older ones change nothing
  provider_version int not null default 0,
  decline_code text,
  action_url text,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  -- when the reference is closed at the provider, if nothing was captured by then
  expires_at timestamptz(3) not null,
  -- when the sweep asks the provider; null: nothing is open
  ask_at timestamptz(3)
) with (fillfactor = 60);
create index payment_attempts_due on payment_attempts (ask_at) where ask_at is not null;
create index payment_attempts_of_thing on payment_attempts (thing_id);

create table payment_refunds (
  refund_id uuid primary key,
  attempt_id uuid not null references payment_attempts,
  amount_minor bigint not null check (amount_minor > 0),
  reason text not null,
  state text not null check (state in ('created', 'succeeded', 'failed')),
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  ask_at timestamptz(3)
);
create index payment_refunds_of_attempt on payment_refunds (attempt_id);
create index payment_refunds_due on payment_refunds (ask_at) where ask_at is not null;

-- Raw events as they came, stored before they are read (FAULTS C5); kept, so that a replay days later is known.
create table payment_webhooks (
  provider text not null,
  event_id text not null,
  body text not null,
  received_at timestamptz(3) not null,
  processed_at timestamptz(3),
  primary key (provider, event_id)
);
create index payment_webhooks_open on payment_webhooks (received_at) where processed_at is null;
