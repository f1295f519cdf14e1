-- Products for sale in videos, each from a moment of the picture on. A link that was taken off keeps its row: what
-- was commercial stays so on record.

create table video_links (
  video_id uuid not null references videos,
  product_id uuid not null references products,
  from_ms integer not null check (from_ms >= 0),
  added_at timestamptz(3) not null,
  removed_at timestamptz(3),
  primary key (video_id, product_id)
);
create index links_of_product on video_links (product_id) where removed_at is null;
