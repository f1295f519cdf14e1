-- A way to pay that was declined the last time it was tried is proposed after those that were not.
alter table payment_methods add column declined_at timestamptz(3);
