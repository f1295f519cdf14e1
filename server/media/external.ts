/**
 * Lives whose pictures lie elsewhere: the host gives the address of an HLS playlist. The house reads it, writes its
 * own, and hands every byte on itself (docs/decisions/0009): who may watch stays its decision, viewers' browsers call nobody
 * else, and nothing but pictures and sound ever leaves it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import { type Fetched, fetchOutbound, OutboundFailed, type Wish } from '../kernel/outbound.ts';
import { OutsideRefused } from '../kernel/outside.ts';
import { Refusal } from '../kernel/refusal.ts';
import { FileCache, Moment } from './cache.ts';
import type { Edge, OutsideMaster, OutsideMedia } from './external_playlist.ts';
import { edgeOf, readPlaylist, sortOf, Unusable, writeMaster, writeMedia } from './external_playlist.ts';
import type { Deliver, Found, LiveProvider, Place } from './providers.ts';
import './refusals.ts';
import { findSource, insertSource, type Source } from './source_queries.ts';
import { PLAYLIST } from './streams.ts';

const LIST: Wish = {
  max_bytes: 300_000,
  timeout_ms: 8_000,
  types: /^((application|audio)\/(x-|vnd\.apple\.)?mpegurl|text\/plain|(application|binary)\/octet-stream)$/,
};
const PIECE: Wish = {
  max_bytes: 12_000_000,
  timeout_ms: 15_000,
  types: /^((video|audio)\/[a-z0-9.+-]+|application\/mp4|(application|binary)\/octet-stream)$/,
};
const HOT_BYTES = 64_000_000;
/** A crowd asks once. */
const FRESH_MS = 1_000;
/** Names may be used again there: what was fetched is believed for a minute. */
const BELIEVED_MS = 60_000;

export const externalHls: LiveProvider = {
  keeps_replay: false,
  async check(ctx, source) {
    try {
      const { media } = await lookAt(ctx, source ?? '');
      if (media.ended || media.segments.length === 0) throw new Unusable('is not running');
    } catch (error) {
      throw refusalOf(error);
    }
  },
  open: (tx, stream_id, source) => insertSource(tx, { stream_id, provider: 'external_hls', url: source ?? '' }),
  edge: async (ctx, stream_id) => (await findSource(ctx.db.pool, stream_id))?.edge_at ?? null,
  deliver: deliverExternal,
};

/** What is wrong with an address or what came from it, as a refusal; bugs stay bugs. */
function refusalOf(error: unknown): unknown {
  if (error instanceof OutsideRefused) return new Refusal('external_refused');
  if (error instanceof OutboundFailed) return new Refusal('external_unreachable', { detail: error.why });
  return error instanceof Unusable ? new Refusal('external_unusable', { detail: error.message }) : error;
}

/** The playlist of segments that lies at an address, or is the first one of the master that does. */
export async function lookAt(ctx: Pick<Context, 'config'>, url: string): Promise<{ media: OutsideMedia }> {
  const found = await readAt(ctx, url);
  if (found.list.kind === 'media') return { media: found.list };
  const [first] = found.list.variants;
  const below = await readAt(ctx, new URL(first?.uri ?? '', found.url).href);
  if (below.list.kind !== 'media') throw new Unusable('is a master of masters');
  return { media: below.list };
}

async function readAt(ctx: Pick<Context, 'config'>, url: string) {
  const fetched = await fetchOutbound(ctx.config, url, LIST);
  return { url: fetched.url, list: readPlaylist(fetched.body.toString('utf8')) };
}

const edgeIn = ({ edge_seq, edge_at, source_clock }: Source): Edge | null =>
  edge_seq === null || !edge_at ? null : { edge_seq: Number(edge_seq), edge_at, source_clock: source_clock === true };

function deliverExternal(ctx: Context): Deliver {
  const lists = new Moment(FRESH_MS, (url) => readAt(ctx, url));
  const pieces = new FileCache(HOT_BYTES, async (name) =>
    bodyOf(await fetchOutbound(ctx.config, name.slice(9), PIECE)),
  );
  return async (place) => {
    // After the end, whoever ended it, nothing more is handed on.
    if (place.stream.ended_at) return null;
    const source = await findSource(ctx.db.pool, place.stream.stream_id);
    const url = source && addressOf(ctx, place, source);
    if (!source || !url) return null;
    try {
      if (place.file !== 'piece') return listed(ctx, place, source, await lists.get(url));
      const minute = String(Math.floor(ctx.clock.now().getTime() / BELIEVED_MS))
        .padStart(8, '0')
        .slice(-8);
      const body = await pieces.get(`${minute} ${url}`);
      const type = body && sortOf(body);
      return type ? { body, type, shared_s: BELIEVED_MS / 1_000 } : null;
    } catch (error) {
      if (refusalOf(error) instanceof Refusal) return null;
      throw error;
    }
  };
}

const bodyOf = ({ body }: Fetched): Buffer => body;

function listed(ctx: Context, place: Place, source: Source, { url, list }: Read): Found {
  const { stream_id } = place.stream;
  const at = (file: 'list.m3u8' | 'piece') => (uri: string) =>
    URL.canParse(uri, url) ? placeOf(ctx, stream_id, file, new URL(uri, url).href) : 'nowhere';
  const now = ctx.clock.now();
  const body =
    list.kind === 'master'
      ? writeMaster(list, at('list.m3u8'))
      : writeMedia(list, edgeIn(source) ?? edgeOf(list, null, now) ?? NO_EDGE(now), at('piece'));
  return { body, type: PLAYLIST, shared_s: 1 };
}

const NO_EDGE = (now: Date): Edge => ({ edge_seq: 0, edge_at: now, source_clock: false });

interface Read {
  url: string;
  list: OutsideMaster | OutsideMedia;
}

/** Where viewers get what lies at an address: signed, so that the house fetches nothing but what a playlist named. */
function placeOf(ctx: Context, stream_id: string, file: 'list.m3u8' | 'piece', url: string): string {
  const u = Buffer.from(url).toString('base64url');
  return `${file}?u=${u}&s=${signatureOf(ctx, stream_id, file, u)}`;
}

const signatureOf = ({ config }: Context, stream_id: string, file: string, u: string): string =>
  createHmac('sha256', config.secret).update(`external ${stream_id} ${file} ${u}`).digest('base64url').slice(0, 27);

/** @returns null for a place that this house has not written down */
function addressOf(ctx: Context, { stream, file, query: { u, s } }: Place, source: Source): string | null {
  if (file === 'master.m3u8') return source.url;
  if ((file !== 'list.m3u8' && file !== 'piece') || typeof u !== 'string' || typeof s !== 'string') return null;
  const right = Buffer.from(signatureOf(ctx, stream.stream_id, file, u));
  const given = Buffer.from(s);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  return Buffer.from(u, 'base64url').toString();
}

export { edgeIn };
