-- Gifts in full (docs/gifts.md): taking back.

-- Returned by its sender within ten seconds, not by a decision.
alter table gifts add column undone boolean not null default false;
