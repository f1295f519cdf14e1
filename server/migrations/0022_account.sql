-- A second factor and passkeys, as better-auth's plugins expect them; the mapping of names stands in people/auth.ts.

alter table auth.users add column two_factor_enabled boolean not null default false;

create table auth.two_factors (
  id uuid primary key,
  user_id uuid not null unique references auth.users on delete cascade,
  -- Both sealed with the secret of the instance.
  secret text not null,
  backup_codes text not null,
  -- False until the first code was right.
  verified boolean not null,
  failed_count int not null default 0,
  locked_until timestamptz(3)
);

create table auth.passkeys (
  id uuid primary key,
  user_id uuid not null references auth.users on delete cascade,
  name text,
  credential_id text not null unique,
  public_key text not null,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz(3) not null
);
create index passkeys_of_user on auth.passkeys (user_id);

-- Another mail address, asked for and not yet proven. One a person: asking again replaces it.
create table email_changes (
  person_id uuid primary key references people,
  email text not null check (email = lower(email)),
  token_hash bytea not null,
  expires_at timestamptz(3) not null
);
