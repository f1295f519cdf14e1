-- Sign-in, as better-auth 1.7.6 expects it; the mapping of names stands in people/auth.ts (it insists on `id`).
-- This schema belongs to better-auth's own pool. The house reads sessions in one query (people/session.ts).
create schema auth;

create table auth.users (
  id uuid primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null,
  image text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);

create table auth.sessions (
  id uuid primary key,
  token text not null unique,
  user_id uuid not null references auth.users on delete cascade,
  expires_at timestamptz(3) not null,
  ip_address text,
  user_agent text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index sessions_of_user on auth.sessions (user_id);

create table auth.accounts (
  id uuid primary key,
  account_id text not null,
  provider_id text not null,
  user_id uuid not null references auth.users on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope text,
  password text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  unique (provider_id, account_id)
);
create index accounts_of_user on auth.accounts (user_id);

create table auth.verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index verifications_by_identifier on auth.verifications (identifier);
