-- Registration by invitation: codes that the operator makes, limits and takes back.
alter table instance_settings drop constraint instance_settings_registration_check;
alter table instance_settings add constraint instance_settings_registration_check
  check (registration in ('open', 'invite', 'closed'));

create table invites (
  invite_id uuid primary key,
  code text not null unique check (code ~ '^[0-9a-hjkmnp-tv-z]{12}$'),
  -- For whom it was made, as the operator notes it.
  label text not null check (length(label) <= 80),
  most_uses int not null check (most_uses between 1 and 10000),
  uses int not null default 0 check (uses between 0 and most_uses),
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  made_by uuid not null references people,
  made_at timestamptz(3) not null
) with (fillfactor = 70);
create index invites_by_time on invites (made_at desc, invite_id desc);

-- Who came by which: a crowd that came by one code is found by it.
create table invite_uses (
  person_id uuid primary key references people,
  invite_id uuid not null references invites,
  used_at timestamptz(3) not null
);
create index invite_uses_of_invite on invite_uses (invite_id, used_at desc);
