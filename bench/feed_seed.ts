/** A town for the feed bench: 100,000 videos of 5,000 creators, people with tastes who follow, watched and held. */
import type { Context } from '../server/kernel/context.ts';
import { inTx } from '../server/kernel/db.ts';
import { mintId } from '../server/kernel/ids.ts';
import { encodeCursor } from '../server/kernel/paging.ts';
import { sqlArray } from '../server/kernel/sql_array.ts';
import { createPerson, mintSession } from '../server/people/index.ts';
import { seedVideos } from '../server/test/videos.ts';
import type { FeedOrder } from './feed_load.ts';

const HOUR_MS = 3_600_000;
const CREATORS = 5_000;
const TAGS = 400;
const FOLLOWS = 40;
const WATCHED = 120;
const CHUNK = 10_000;

const any = (n: number): number => Math.floor(Math.random() * n);
/** Few are met often. */
const few = (n: number): number => Math.floor(Math.random() ** 3 * n);

export async function seedTown(ctx: Context, videos: number, viewers: number): Promise<FeedOrder['viewers']> {
  const now = ctx.clock.now();
  const creators = await seedPeople(ctx, CREATORS);
  const ids: string[] = [];
  while (ids.length < videos) {
    const wanted = Array.from({ length: Math.min(CHUNK, videos - ids.length) }, () => ({
      person_id: creators[few(CREATORS)] as string,
      published_at: new Date(now.getTime() - few(90 * 24) * HOUR_MS),
      language: Math.random() < 0.5 ? 'de' : 'en',
      tags: [...new Set([`tag${few(TAGS)}`, `tag${few(TAGS)}`])],
    }));
    ids.push(...(await seedVideos(ctx, wanted)));
  }
  await seedHours(ctx, ids, now);
  const looking = creators.slice(0, viewers);
  await seedTies(ctx, looking, creators, ids, now);
  await ctx.db.pool.query('analyze');
  return Promise.all(
    looking.map(async (person_id) => ({
      visit: encodeCursor(ctx.config, ['visit', mintId(), now.getTime()]),
      cookie: await mintSession(ctx, person_id),
    })),
  );
}

async function seedPeople(ctx: Context, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    await inTx(ctx.db, async (tx) => {
      for (let n = 0; n < 500; n += 1) {
        const handle = `bench_${ids.length}`;
        const who = { handle, name: handle, email: `${handle}@example.test`, email_verified: true };
        const rest = { password_hash: null, market: 'DE', locale: 'en', born_on: '1990-01-01' } as const;
        ids.push(await createPerson(ctx, tx, { ...who, ...rest }));
      }
    });
  }
  return ids;
}

/** Every third video was watched in this hour or the one before. */
async function seedHours(ctx: Context, ids: string[], now: Date): Promise<void> {
  const hour = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  const rows = ids
    .filter((_, at) => at % 3 === 0)
    .map((id) => ({ id, starts: 10 + few(500), at: hour - any(2) * HOUR_MS }));
  await ctx.db.pool.query(
    `insert into video_hours (video_id, hour_at, starts, views, held, completions, skips, watched_ms)
     select id, at, n, n / 2, n / 3, n / 5, n / 3, n * 4000
       from unnest($1::uuid[], $2::timestamptz[], $3::bigint[]) as h (id, at, n)`,
    [sqlArray(rows, ({ id }) => id), sqlArray(rows, ({ at }) => new Date(at)), sqlArray(rows, ({ starts }) => starts)],
  );
}

async function seedTies(ctx: Context, looking: string[], creators: string[], ids: string[], now: Date): Promise<void> {
  const follows = looking.flatMap((from) =>
    [...new Set(Array.from({ length: FOLLOWS }, () => creators[few(CREATORS)] as string))].flatMap((to) =>
      to === from ? [] : [{ from, to }],
    ),
  );
  await ctx.db.pool.query(
    'insert into follows (follower_id, followee_id, followed_at) select f, t, $3 from unnest($1::uuid[], $2::uuid[]) x (f, t)',
    [sqlArray(follows, ({ from }) => from), sqlArray(follows, ({ to }) => to), now],
  );
  const watches = looking.flatMap((person) =>
    [...new Set(Array.from({ length: WATCHED }, () => ids[few(ids.length)] as string))].map((video, at) => ({
      person,
      video,
      session: mintId(),
      at: new Date(now.getTime() - HOUR_MS - at * 60_000),
    })),
  );
  for (let from = 0; from < watches.length; from += 5 * CHUNK) {
    const rows = watches.slice(from, from + 5 * CHUNK);
    await ctx.db.pool.query(
      `insert into watches (session_id, video_id, person_id, last_seq, watched_ms, loops, is_complete, is_skipped,
         held_at, began_at, last_at)
       select s, v, p, 1, 9000, 0, true, false, t, t, t
         from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) as w (s, v, p, t)`,
      [
        sqlArray(rows, ({ session }) => session),
        sqlArray(rows, ({ video }) => video),
        sqlArray(rows, ({ person }) => person),
        sqlArray(rows, ({ at }) => at),
      ],
    );
  }
}
