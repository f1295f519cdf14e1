-- A deleted post keeps its row, because others point to it; what it held goes after thirty days.
alter table videos add column purged_at timestamptz(3);
drop index videos_deleted;
create index videos_to_purge on videos (deleted_at) where deleted_at is not null and purged_at is null;
create unique index videos_of_upload on videos (upload_id);
