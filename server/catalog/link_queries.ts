/** All SQL of products linked in videos. */
import type { Tx } from '../kernel/db.ts';
import type { Asks } from './queries.ts';

export interface VideoLink {
  video_id: string;
  product_id: string;
  /** Media time from which on it is shown. */
  from_ms: number;
}

/** Links that stand, of products that are for sale by people with whom the viewer shares no block. */
export async function listLinks(q: Asks, video_ids: string[], viewer_id: string | null): Promise<VideoLink[]> {
  const { rows } = await q.query<VideoLink>({
    name: 'catalog_list_links',
    text: `select l.video_id, l.product_id, l.from_ms
      from video_links l join products p using (product_id) join merchants m using (merchant_id)
      where l.video_id = any($1::uuid[]) and l.removed_at is null and p.state = 'published'
        and not exists (select from blocks b where $2::uuid is not null
          and ((b.blocker_id = $2 and b.blocked_id = m.owner_id) or (b.blocker_id = m.owner_id and b.blocked_id = $2)))
      order by l.video_id, l.from_ms, l.product_id`,
    values: [video_ids, viewer_id],
  });
  return rows;
}

/** Everything that was ever linked, with who sells it and who posted the video. */
export async function listEverLinked(
  q: Asks,
  video_ids: string[],
): Promise<{ video_id: string; seller_id: string; poster_id: string }[]> {
  const { rows } = await q.query<{ video_id: string; seller_id: string; poster_id: string }>({
    name: 'catalog_list_ever_linked',
    text: `select l.video_id, m.owner_id as seller_id, v.person_id as poster_id
      from video_links l join videos v using (video_id) join products using (product_id)
        join merchants m using (merchant_id)
      where l.video_id = any($1::uuid[])`,
    values: [video_ids],
  });
  return rows;
}

/** Replaces what stands: what is left out is taken off, and its row stays. */
export async function setLinks(
  tx: Tx,
  video_id: string,
  links: Pick<VideoLink, 'product_id' | 'from_ms'>[],
  now: Date,
): Promise<void> {
  const ids = links.map(({ product_id }) => product_id);
  await tx.client.query(
    `update video_links set removed_at = $3
     where video_id = $1 and removed_at is null and product_id <> all($2::uuid[])`,
    [video_id, ids, now],
  );
  await tx.client.query(
    `insert into video_links (video_id, product_id, from_ms, added_at)
     select $1, product_id, from_ms, $4 from unnest($2::uuid[], $3::int[]) as said (product_id, from_ms)
       join products using (product_id)
     on conflict (video_id, product_id) do update set from_ms = excluded.from_ms, removed_at = null`,
    [video_id, ids, links.map(({ from_ms }) => from_ms), now],
  );
}
