/** Liking, saving and sharing a video. Again is no error; the counts follow from the rows, whatever comes at once. */
import { defineBatcher } from '../kernel/batcher.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit, type NewEvent } from '../kernel/events.ts';
import { inLockOrder } from '../kernel/lock_order.ts';
import { Refusal } from '../kernel/refusal.ts';
import * as queries from './like_queries.ts';
import { maySeeVideo } from './seeing.ts';

/** One person's wish: the last one in a batch holds. */
interface Wish extends queries.Pair {
  deed: queries.Deed;
  wanted: boolean;
}

const DEEDS = ['like', 'save'] as const;
const COUNT = { like: 'likes', save: 'saves' } as const;

/** A favourite video is one row that everybody counts up: a batch touches it once. */
const deeds = defineBatcher<Wish, true>({ name: 'video_deeds', run: applyWishes });

async function applyWishes(tx: Tx, wishes: Wish[], ctx: Context): Promise<true[]> {
  const last = new Map(wishes.map((wish) => [`${wish.deed} ${wish.video_id} ${wish.person_id}`, wish]));
  const now = ctx.clock.now();
  const events: NewEvent[] = [];
  const changes: [queries.Counted, Map<string, number>][] = [];
  for (const deed of DEEDS) {
    // In one order everywhere, as all rows that are locked.
    const same = [...last.entries()].filter(([, wish]) => wish.deed === deed).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const pairs = same.map(([, wish]) => wish);
    const fresh = await queries.insertDeeds(tx, deed, wantedOf(pairs, true), now);
    const gone = await queries.deleteDeeds(tx, deed, wantedOf(pairs, false));
    changes.push([COUNT[deed], sumOf(fresh, gone)]);
    for (const pair of deed === 'like' ? fresh : []) {
      events.push({ type: 'video.liked', actor: pair.person_id, subject: pair.video_id, data: {} });
    }
  }
  await addAll(tx, changes);
  await emit(tx, ctx, events);
  return wishes.map(() => true);
}

const wantedOf = (wishes: Wish[], wanted: boolean): Wish[] => wishes.filter((wish) => wish.wanted === wanted);

function sumOf(fresh: queries.Pair[], gone: queries.Pair[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const [pairs, by] of [
    [fresh, 1],
    [gone, -1],
  ] as const) {
    for (const { video_id } of pairs) sum.set(video_id, (sum.get(video_id) ?? 0) + by);
  }
  return sum;
}

async function addAll(tx: Tx, changes: [queries.Counted, ReadonlyMap<string, number>][]): Promise<void> {
  inLockOrder(tx, 'videos', 'video_counts', new Set(changes.flatMap(([, added]) => [...added.keys()])));
  const all = [...new Set(changes.flatMap(([, added]) => [...added.keys()]))].sort();
  // Every row once, before the first count: two batches that share two videos would wait for each other crosswise.
  for (const [count, added] of changes) {
    await queries.addCounts(tx, count, new Map(all.map((id) => [id, added.get(id) ?? 0])));
  }
}

/** A hundred and twenty a minute: more than a thumb can, less than a script wants. */
const RATE = { limit: 120, window_ms: 60_000 };

/** Likes or saves a video, or no longer. Refuses `not_found` for what one may not see, `too_many_requests`. */
export async function setDeed(
  ctx: Context,
  me: Principal,
  deed: queries.Deed,
  video_id: string,
  wanted: boolean,
): Promise<void> {
  if (!ctx.limiter.allow('videos.deeds', me.person_id, RATE)) {
    throw new Refusal('too_many_requests', { retry_after_s: 10 });
  }
  // What was hidden since can still be taken back.
  if (wanted && !(await maySeeVideo(ctx, ctx.db.pool, me, video_id))) throw new Refusal('not_found');
  await deeds.submit(ctx, { deed, video_id, person_id: me.person_id, wanted });
}

export const WAYS = ['link', 'embed', 'message', 'card'] as const;

/** Counts that a person shared a video, once for each way. Refuses `not_found`, `too_many_requests`. */
export async function shareVideo(
  ctx: Context,
  me: Principal,
  video_id: string,
  to: (typeof WAYS)[number],
): Promise<void> {
  if (!ctx.limiter.allow('videos.deeds', me.person_id, RATE)) {
    throw new Refusal('too_many_requests', { retry_after_s: 10 });
  }
  if (!(await maySeeVideo(ctx, ctx.db.pool, me, video_id))) throw new Refusal('not_found');
  await inTx(ctx.db, async (tx) => {
    const pair = { video_id, person_id: me.person_id };
    if (!(await queries.insertShare(tx, pair, to, ctx.clock.now()))) return;
    await addAll(tx, [['shares', new Map([[video_id, 1]])]]);
    await emit(tx, ctx, [{ type: 'video.shared', actor: me.person_id, subject: video_id, data: { to } }]);
  });
}

/** What an erased person liked, saved, shared and said counts no longer. */
export async function eraseDeeds(
  tx: Tx,
  person_id: string,
  fewer_comments: ReadonlyMap<string, number>,
): Promise<void> {
  await addAll(tx, [...(await queries.eraseDeeds(tx, person_id)), ['comments', fewer_comments]]);
}
