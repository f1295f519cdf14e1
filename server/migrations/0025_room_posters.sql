-- A still from the live, drawn by the host's page: what a room's card shows before its picture moves, and after the end.

alter table rooms add column poster text check (poster ~ '^[0-9a-f-]{36}\.webp$');
