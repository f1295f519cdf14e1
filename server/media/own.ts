/**
 * The house's own way for a live to get in: hosts send finished segments, the house lists and keeps them. Segments of
 * public streams never change and carry no token, so that every cache on the way may keep them.
 */
import type { Context } from '../kernel/context.ts';
import { FileCache, Moment } from './cache.ts';
import { livePlaylist, masterPlaylist, replayPlaylist, WINDOW } from './playlists.ts';
import type { Deliver, LiveProvider } from './providers.ts';
import * as queries from './queries.ts';
import * as segments from './segment_queries.ts';
import { endOf, PLAYLIST, STREAM_CHANGED, streamFile } from './streams.ts';

const HOT_BYTES = 64_000_000;
/** How old a playlist may be on a node that did not take the segment itself. */
const FRESH_MS = 300;
const FILE = /^(?:(?:(?:seg|low)-\d{1,9}\.m4s)|(?:(?:low-)?init-\d{1,6}\.mp4))$/;
const LIST = /^(master|live|replay|vod)(?:-(\d{1,6}))?(-low)?\.m3u8$/;

export const own: LiveProvider = {
  keeps_replay: true,
  check: async () => undefined,
  open: async () => undefined,
  async edge(ctx, stream_id) {
    const last = await segments.findLastSegment(ctx.db, stream_id);
    return last ? endOf(last) : null;
  },
  deliver: deliverOwn,
};

function deliverOwn(ctx: Context): Deliver {
  const files = new FileCache(HOT_BYTES, (path) => ctx.storage.read(path));
  const lists = new Moment(FRESH_MS, (name) => writePlaylist(ctx, name));
  // For as long as the house stands: the bus ends with it.
  ctx.bus.subscribe(STREAM_CHANGED, (change) => lists.forget((change as { stream_id: string }).stream_id));
  return async ({ stream: { stream_id, ended_at }, file }) => {
    if (FILE.test(file)) {
      const body = await files.get(streamFile(stream_id, file));
      const type = file.endsWith('.m4s') ? 'video/iso.segment' : 'video/mp4';
      return body && { body, type, shared_s: 31_536_000, forever: true };
    }
    const body = LIST.test(file) ? await lists.get(`${stream_id}/${file}`) : null;
    return body === null ? null : { body, type: PLAYLIST, shared_s: ended_at ? 60 : 1 };
  };
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
