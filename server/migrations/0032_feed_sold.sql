-- Of each served item whether it sold, and how: the budget holds over the borders of pages.
alter table served_pages add column sold text[] not null default '{}';
