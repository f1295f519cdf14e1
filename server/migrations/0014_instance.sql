-- What the operator says of the instance. One row; without it the defaults of instance.ts hold.
create table instance_settings (
  only_row boolean primary key default true check (only_row),
  name text not null check (length(name) between 1 and 60),
  registration text not null check (registration in ('open', 'closed')),
  updated_at timestamptz(3) not null
);

create table legal_pages (
  page text not null check (page in ('imprint', 'privacy', 'terms')),
  locale text not null check (locale in ('de', 'en')),
  body_text text not null check (length(body_text) between 1 and 50000),
  updated_at timestamptz(3) not null,
  primary key (page, locale)
);
