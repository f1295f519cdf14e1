-- A refund that the provider refused is asked for again, each time under a reference of its own: providers answer a
-- known reference with what they said before.
alter table payment_refunds
  add column tries int not null default 0 check (tries >= 0),
  add column reference uuid;
update payment_refunds set reference = refund_id;
alter table payment_refunds alter column reference set not null;
create unique index payment_refunds_reference on payment_refunds (reference);
create index payment_refunds_troubled on payment_refunds (changed_at desc, refund_id desc)
  where tries > 0 and state <> 'succeeded';
