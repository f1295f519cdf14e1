/**
 * Delivery: playlists and segments below /media/streams/<id>/. Segments of public streams never change and carry no
 * token, so that every cache on the way may keep them; bytes of protected streams are asked for one by one.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context, Principal } from '../kernel/context.ts';
import type { App } from '../kernel/http.ts';
import { fromWire } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { FileCache, Moment } from './cache.ts';
import { livePlaylist, masterPlaylist, replayPlaylist, WINDOW } from './playlists.ts';
import * as queries from './queries.ts';
import * as segments from './segment_queries.ts';
import { STREAM_CHANGED, streamFile } from './streams.ts';

/** Whether somebody may see a protected stream now. Asked for every byte; must be quick. */
export type Entitlement = (ctx: Context, stream_id: string, viewer: Principal | null) => Promise<boolean>;

const HOT_BYTES = 64_000_000;
/** How old a playlist may be on a node that did not take the segment itself. */
const FRESH_MS = 300;
const STREAM_MS = 1_000;

const PLAYLIST = 'application/vnd.apple.mpegurl';
const FOREVER = 'public, max-age=31536000, immutable';
const FILE = /^(?:(?:(?:seg|low)-\d{1,9}\.m4s)|(?:(?:low-)?init-\d{1,6}\.mp4))$/;
const LIST = /^(master|live|replay|vod)(?:-(\d{1,6}))?(-low)?\.m3u8$/;

interface Place {
  ctx: Context;
  stream: queries.Stream;
  file: string;
}

/** @param may_watch the check of protected streams; without one nobody but their owner sees them */
export function mountDelivery(app: App, may_watch: Entitlement): void {
  const ctx = app.souk;
  const files = new FileCache(HOT_BYTES, (path) => ctx.storage.read(path));
  const streams = new Moment(STREAM_MS, (stream_id) => queries.findStream(ctx.db.pool, stream_id));
  const lists = new Moment(FRESH_MS, (name) => writePlaylist(ctx, name));
  const unsubscribe = ctx.bus.subscribe(STREAM_CHANGED, (change) => {
    const { stream_id } = change as { stream_id: string };
    streams.forget(stream_id);
    lists.forget(stream_id);
  });
  app.addHook('onClose', async () => unsubscribe());

  app.get<{ Params: { stream: string; file: string } }>(
    '/media/streams/:stream/:file',
    { schema: { hide: true }, config: { rateLimit: false } },
    async (request, reply) => {
      const { file } = request.params;
      const stream = await streams.get(idOf(request.params.stream));
      if (!stream || stream.purged_at) throw new Refusal('not_found');
      if (stream.is_protected) await refuseStranger({ ctx, stream, file }, request, may_watch);
      if (FILE.test(file))
        return sendFile(await files.get(streamFile(stream.stream_id, file)), { ctx, stream, file }, reply);
      if (LIST.test(file)) return sendList(await lists.get(`${stream.stream_id}/${file}`), stream, reply);
      throw new Refusal('not_found');
    },
  );
}

function idOf(text: string): string {
  try {
    return fromWire('stream', text);
  } catch {
    throw new Refusal('not_found');
  }
}

/** FAULTS D2: the same question for a playlist, an init segment and every segment. A stranger learns nothing. */
async function refuseStranger({ ctx, stream }: Place, request: FastifyRequest, may_watch: Entitlement): Promise<void> {
  const viewer = await ctx.authenticate(request.headers.cookie);
  if (viewer?.person_id === stream.owner_id) return;
  if (stream.is_rehearsal || !(await may_watch(ctx, stream.stream_id, viewer))) throw new Refusal('not_found');
}

function sendFile(bytes: Buffer | null, { stream, file }: Place, reply: FastifyReply): FastifyReply {
  if (!bytes) throw new Refusal('not_found');
  return reply
    .type(file.endsWith('.m4s') ? 'video/iso.segment' : 'video/mp4')
    .header('cache-control', stream.is_protected ? 'private, no-store' : FOREVER)
    .send(bytes);
}

function sendList(text: string | null, stream: queries.Stream, reply: FastifyReply): FastifyReply {
  if (text === null) throw new Refusal('not_found');
  // A shared cache may answer a crowd for a second; a browser's own cache would only add delay.
  const shared = `public, max-age=0, s-maxage=${stream.ended_at ? 60 : 1}`;
  return reply
    .type(PLAYLIST)
    .header('cache-control', stream.is_protected ? 'private, no-store' : shared)
    .send(text);
}

/** @returns null where there is no such playlist, or nothing to list yet */
async function writePlaylist(ctx: Context, name: string): Promise<string | null> {
  const [stream_id = '', file = ''] = name.split('/');
  const [, kind = '', number, small] = LIST.exec(file) ?? [];
  const stream = await queries.findStream(ctx.db.pool, stream_id);
  const layouts = stream ? await queries.listLayouts(ctx.db, stream_id) : [];
  const newest = layouts.at(-1);
  const layout = kind === 'master' ? newest : layouts.find((known) => known.layout === Number(number));
  if (!stream || !newest || !layout) return null;
  const over = stream.ended_at !== null;
  if (kind === 'master' || kind === 'replay') {
    const refused = small || (kind === 'master' ? number : !over);
    return refused ? null : masterPlaylist(picturesOf(layout, kind === 'master' ? 'live' : 'vod'));
  }
  if (small && !layout.low) return null;
  const size = small ? 'low' : 'main';
  if (kind === 'vod')
    return over ? replayPlaylist(await segments.listAll(ctx.db, stream_id, layout.layout), size) : null;
  const listed = await segments.listNewest(ctx.db, stream_id, layout.layout, WINDOW);
  return livePlaylist(listed, size, over || layout !== newest);
}

const picturesOf = ({ layout, low, ...large }: queries.Layout, list: 'live' | 'vod') => [
  { ...large, uri: `${list}-${layout}.m3u8` },
  ...(low ? [{ ...low, uri: `${list}-${layout}-low.m3u8` }] : []),
];
