/** Streams: made with a key, watched at media time, ended once. */
import { createHash, randomBytes } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { mintId, toWire } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { LiveProviderName } from '../markets/index.ts';
import { PROVIDERS, providerNameOf } from './providers.ts';
import * as queries from './queries.ts';
import { findSource } from './source_queries.ts';

/** Bus subject: a stream has a new segment, a new run, or has ended. Payload `{stream_id}`. */
export const STREAM_CHANGED = 'media.changed';

export const PLAYLIST = 'application/vnd.apple.mpegurl';

/** A host who comes back within this time goes on in the same room. */
export const RESUME_MS = 60_000;
/** How far a host's own clock may stand from the newest picture that the server has. */
const STAMP_MS = 10_000;

/** 128 random bits: whoever has it may publish. */
export const mintKey = (): string => randomBytes(16).toString('base64url');

export const hashKey = (key: string): Buffer => createHash('sha256').update(key).digest();

/**
 * Makes a stream. It waits for its first segment.
 * @returns its id and its key, which is stored nowhere and cannot be shown again
 */
export async function createStream(
  tx: Tx,
  ctx: Pick<Context, 'clock'>,
  { owner_id, is_protected = false, is_rehearsal = false, provider = 'own', source = null }: NewStream,
): Promise<{ stream_id: string; key: string }> {
  const stream_id = mintId();
  const key = mintKey();
  const key_hash = hashKey(key);
  await queries.insertStream(tx, { stream_id, owner_id, is_protected, is_rehearsal, key_hash, now: ctx.clock.now() });
  await PROVIDERS[provider].open(tx, stream_id, source);
  return { stream_id, key };
}

export interface NewStream {
  owner_id: string;
  is_protected?: boolean;
  /** Its host alone sees it, and nothing of it is kept. */
  is_rehearsal?: boolean;
  /** How it gets in; what is chosen was looked at before (`checkSource`). */
  provider?: LiveProviderName;
  source?: string | null;
}

/**
 * Gives a stream another key; whoever publishes with the old one is refused at the next segment.
 * Refuses `not_found` to everybody but the owner, `stream_ended`, `stream_external` where nothing is sent to the house.
 */
export async function rotateKey(tx: Tx, stream_id: string, owner_id: string): Promise<string> {
  const stream = await queries.lockStream(tx, stream_id);
  if (stream?.owner_id !== owner_id) throw new Refusal('not_found');
  if (stream.ended_at) throw new Refusal('stream_ended');
  if (await findSource(tx.client, stream_id)) throw new Refusal('stream_external');
  const key = mintKey();
  await queries.setKey(tx, stream_id, hashKey(key));
  return key;
}

/** Ends a stream for good: no segment is taken any more, and players are told. Ending twice is ending once. */
export async function endStream(tx: Tx, ctx: Pick<Context, 'clock' | 'bus'>, stream_id: string): Promise<void> {
  await queries.setEnded(tx, stream_id, ctx.clock.now());
  tx.after_commit.push(() => ctx.bus.publish(STREAM_CHANGED, { stream_id }));
}

/** Puts a stream behind the entitlement check, or in front of it. What caches already hold stays there. */
export async function setProtected(
  tx: Tx,
  ctx: Pick<Context, 'bus'>,
  stream_id: string,
  is_protected: boolean,
): Promise<void> {
  await queries.setProtected(tx, stream_id, is_protected);
  tx.after_commit.push(() => ctx.bus.publish(STREAM_CHANGED, { stream_id }));
}

export interface Part {
  /** A playlist to be played from its first second to its last. */
  url: string;
  starts_at: Date;
  duration_ms: number;
}

export interface StreamState {
  /** `silent`: nothing came for a minute, and the host may still return. */
  state: 'waiting' | 'live' | 'silent' | 'ended';
  started_at: Date | null;
  ended_at: Date | null;
  /** When the newest segment arrived. */
  last_segment_at: Date | null;
  live_url: string;
  /** Whose pictures these are: sent to the house, or lying elsewhere. */
  provider: LiveProviderName;
  /** The replay, once ended; none of what lay elsewhere. More than one part only where the host's tracks or codecs changed on the way. */
  replay: Part[];
}

/** Where a file of a stream lies in the storage. */
export const streamFile = (stream_id: string, file: string): string => `streams/${stream_id}/${file}`;

/** Where players fetch it. */
export const streamUrl = (stream_id: string, file: string): string =>
  `/media/streams/${toWire('stream', stream_id)}/${file}`;

/** What a viewer may know of a stream; of a rehearsal, nobody but its owner. Refuses `not_found`. */
export async function streamState(
  ctx: Pick<Context, 'db'>,
  stream_id: string,
  viewer_id: string | null = null,
): Promise<StreamState> {
  const stream = await queries.findStream(ctx.db.pool, stream_id);
  if (!stream || (stream.is_rehearsal && stream.owner_id !== viewer_id)) throw new Refusal('not_found');
  const layouts = stream.ended_at && !stream.purged_at ? await queries.listLayouts(ctx.db, stream_id) : [];
  const { started_at, ended_at, last_segment_at } = stream;
  return {
    state: ended_at ? 'ended' : stream.silent_at ? 'silent' : started_at ? 'live' : 'waiting',
    started_at,
    ended_at,
    last_segment_at,
    live_url: streamUrl(stream_id, 'master.m3u8'),
    provider: await providerNameOf(ctx, stream_id),
    replay: layouts.map(({ layout, starts_at, duration_ms }) => ({
      url: streamUrl(stream_id, `replay-${layout}.m3u8`),
      starts_at,
      duration_ms,
    })),
  };
}

/** Media time of the end of the newest segment, or null before the first: what the server calls "now" in the picture. */
export async function liveEdge(ctx: Pick<Context, 'db'>, stream_id: string): Promise<Date | null> {
  return PROVIDERS[await providerNameOf(ctx, stream_id)].edge(ctx, stream_id);
}

export const endOf = ({ starts_at, duration_ms }: { starts_at: Date; duration_ms: number }): Date =>
  new Date(starts_at.getTime() + duration_ms);

/**
 * The media time of something the host does: as its own page stamps it, within 10 s of the edge.
 * @param claimed what the host's page says; null where it says nothing
 */
export async function mediaTimeAt(
  ctx: Pick<Context, 'db' | 'clock'>,
  stream_id: string,
  claimed: Date | null,
): Promise<Date> {
  const edge = await liveEdge(ctx, stream_id);
  const at = (claimed ?? ctx.clock.now()).getTime();
  if (!edge) return ctx.clock.now();
  return new Date(Math.min(Math.max(at, edge.getTime() - STAMP_MS), edge.getTime() + STAMP_MS));
}
