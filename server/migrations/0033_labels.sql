-- What creators say of their own posts beyond what records show. Added, never taken away.

create table added_labels (
  kind text not null check (kind in ('video', 'room')),
  -- A video or a room; the ids are minted, so that one column serves both.
  thing_id uuid not null,
  relation text not null check (
    relation in ('ad', 'paid_deal', 'brand_gift', 'product_link', 'own_product', 'live_selling')),
  added_by uuid not null references people,
  added_at timestamptz(3) not null,
  primary key (thing_id, kind, relation)
);
create trigger added_labels_append_only before update or delete or truncate on added_labels
  for each statement execute function refuse_rewriting();
