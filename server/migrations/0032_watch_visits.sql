-- Numbers of events rise within a visit; a person's day has several.
alter table watches add column visit_id uuid;
