-- Answers to requests with an Idempotency-Key, written last in the transaction that had the effect
-- (kernel/idempotency.ts).
create table idempotency_keys (
  -- derived from (principal, route, key): a key means nothing to another person or route (FAULTS A3)
  key_id uuid primary key,
  body_hash text not null,
  status int not null,
  -- json, not jsonb: the bytes of the first answer are the answer
  body json not null,
  stored_at timestamptz(3) not null
);
create index idempotency_keys_stored on idempotency_keys (stored_at);
