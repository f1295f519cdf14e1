-- Who stands behind the instance: the seller on receipts of coins. Empty until the operator has filled it in.
alter table instance_settings
  add column legal_name text not null default '' check (length(legal_name) <= 120),
  add column legal_address text not null default '' check (length(legal_address) <= 300);
