/** Looks at playlists elsewhere while their lives run: they begin with the first segment, go on, and end. */
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import type { App } from '../kernel/http.ts';
import { edgeIn, lookAt } from './external.ts';
import { edgeOf, type OutsideMedia } from './external_playlist.ts';
import { noticeSilence } from './jobs.ts';
import * as sources from './source_queries.ts';
import { STREAM_CHANGED } from './streams.ts';

const BEAT_MS = 1_000;
/** A segment is rarely shorter. */
const EVERY_MS = 2_000;
const AT_ONCE = 20;
const FINISHED = 'finished';

/** Several processes may do it at once: each takes what nobody has looked at. */
export function watchExternals(app: App): void {
  const ctx = app.souk;
  let running: Promise<unknown> | null = null;
  let timer: NodeJS.Timeout | undefined;
  app.addHook('onReady', async () => {
    timer = setInterval(() => {
      running ??= lookAround(ctx)
        .catch((error) => ctx.log.warn({ error }, 'playlists elsewhere wait for the next second'))
        .finally(() => {
          running = null;
        });
    }, BEAT_MS);
    timer.unref();
  });
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await running;
  });
}

async function lookAround(ctx: Context): Promise<void> {
  const now = ctx.clock.now();
  const before = new Date(now.getTime() - EVERY_MS);
  const due = await inTx(ctx.db, (tx) => sources.takeDue(tx, before, now, AT_ONCE));
  if (due.length === 0) return;
  await Promise.all(due.map((stream_id) => lookAgain(ctx, stream_id)));
  // A playlist that is dead for a minute is not waited for until the next full one.
  await noticeSilence(ctx, ctx.clock.now());
}

/** Looks at one playlist now. What is wrong with it is written down; only a minute of silence ends the live. */
export async function lookAgain(ctx: Context, stream_id: string): Promise<void> {
  const source = await sources.findSource(ctx.db.pool, stream_id);
  if (!source || source.ended_at) return;
  const media = await lookAt(ctx, source.url).then(
    (found) => found.media,
    (error: Error) => error.message.slice(0, 200),
  );
  if (typeof media === 'string') return sources.setFault(ctx.db.pool, stream_id, media).then(() => undefined);
  await inTx(ctx.db, async (tx) => {
    const locked = await sources.lockSource(tx, stream_id);
    if (!locked || locked.ended_at) return;
    const events = [...(await goOn(ctx, tx, locked, media)), ...(await finish(tx, locked, media))];
    await emit(tx, ctx, events);
  });
}

type Tx = Parameters<Parameters<typeof inTx>[1]>[0];

async function goOn(ctx: Context, tx: Tx, source: sources.Source, media: OutsideMedia) {
  const now = ctx.clock.now();
  const before = edgeIn(source);
  const edge = edgeOf(media, before, now);
  // What is not newer than what was seen is no sign of life.
  if (!edge || edge.edge_seq === before?.edge_seq) return [];
  await sources.setEdge(tx, source.stream_id, edge, now);
  const { stream_id, owner_id } = source;
  tx.after_commit.push(() => ctx.bus.publish(STREAM_CHANGED, { stream_id }));
  return before ? [] : [{ type: 'stream.started', actor: owner_id, subject: stream_id, data: {} }];
}

/** The playlist says that it is over. Told once. */
async function finish(tx: Tx, { stream_id, owner_id }: sources.Source, { ended }: OutsideMedia) {
  const first = await sources.setFault(tx.client, stream_id, ended ? FINISHED : null);
  if (!ended || !first) return [];
  return [{ type: 'stream.finished', actor: owner_id, subject: stream_id, data: {} }];
}
