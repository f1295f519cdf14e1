-- A smaller rendition made in the uploader's browser is an upload beside the one that it belongs to.
alter table uploads
  add column rendition integer not null default 0 check (rendition between 0 and 1),
  add column of_upload_id uuid references uploads,
  -- How often packaging was begun: what brings the process down three times is refused.
  add column attempts integer not null default 0,
  add check ((rendition = 0) = (of_upload_id is null));
create index uploads_beside on uploads (of_upload_id) where of_upload_id is not null;
