/** Posted videos straight into the tables: for tests and benches that need many, and none of the bytes. */
import type { Context } from '../kernel/context.ts';
import { mintId } from '../kernel/ids.ts';
import { sqlArray } from '../kernel/sql_array.ts';

export interface SeedVideo {
  video_id?: string;
  person_id: string;
  published_at?: Date;
  duration_ms?: number;
  language?: string;
  tags?: string[];
  visibility?: string;
}

/** @returns their ids, in order */
export async function seedVideos(ctx: Context, wanted: SeedVideo[]): Promise<string[]> {
  const now = ctx.clock.now();
  const rows = wanted.map((one) => ({
    ...{ video_id: mintId(), published_at: now, duration_ms: 10_000, language: 'en', visibility: 'everyone', tags: [] },
    ...one,
    upload_id: mintId(),
  }));
  const people = sqlArray(rows, (row) => row.person_id);
  const uploads = sqlArray(rows, (row) => row.upload_id);
  const videos = sqlArray(rows, (row) => row.video_id);
  const lengths = sqlArray(rows, (row) => row.duration_ms);
  const times = sqlArray(rows, (row) => row.published_at);
  const { pool } = ctx.db;
  await pool.query(
    `insert into uploads (upload_id, owner_id, file_name, size_bytes, state, created_at, expires_at)
     select u, p, 'seed.mp4', 1000, 'packaged', $3, $3 from unnest($1::uuid[], $2::uuid[]) as s (u, p)`,
    [uploads, people, now],
  );
  await pool.query(
    `insert into packages (package_id, owner_id, is_protected, duration_ms, width, height, has_sound, bytes, created_at)
     select u, p, false, d, 720, 1280, true, 1000, $4 from unnest($1::uuid[], $2::uuid[], $3::int[]) as s (u, p, d)`,
    [uploads, people, lengths, now],
  );
  await pool.query(
    `insert into videos (video_id, person_id, package_id, upload_id, state, language, visibility, duration_ms, width,
       height, has_sound, created_at, published_at)
     select v, p, u, u, 'published', l, w, d, 720, 1280, true, t, t
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::int[], $7::timestamptz[])
         as s (v, p, u, l, w, d, t)`,
    [
      ...[videos, people, uploads, sqlArray(rows, (row) => row.language), sqlArray(rows, (row) => row.visibility)],
      ...[lengths, times],
    ],
  );
  const tags = rows.flatMap(({ video_id, tags }) => tags.map((tag) => ({ video_id, tag })));
  await pool.query(
    'insert into video_tags (video_id, tag) select v, t from unnest($1::uuid[], $2::text[]) as s (v, t)',
    [sqlArray(tags, (row) => row.video_id), sqlArray(tags, (row) => row.tag)],
  );
  await pool.query('insert into video_counts (video_id) select unnest($1::uuid[]) on conflict do nothing', [videos]);
  return rows.map((row) => row.video_id);
}
