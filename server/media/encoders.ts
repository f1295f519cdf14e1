/** Encoders that speak RTMP (OBS and others): their key, and whom it lets in. */
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { Refusal } from '../kernel/refusal.ts';
import { type EncoderKey, findKey, findKeyOf, findOpenStream, putKey, setConnected } from './encoder_queries.ts';
import { hashKey, mintKey } from './streams.ts';

/** `rtmp://host/live` */
export const APP = 'live';

/** Another key for a creator's encoder, shown once; whoever sends with the old one is cut off at the next segment. */
export async function makeEncoderKey(ctx: Context, owner_id: string): Promise<string> {
  const key = mintKey();
  await inTx(ctx.db, (tx) => putKey(tx, owner_id, hashKey(key), ctx.clock.now()));
  return key;
}

/** When the key was made and last used, and why the last connection was not kept; null before there is a key. */
export const encoderOf = (ctx: Context, owner_id: string): Promise<EncoderKey | null> =>
  findKeyOf(ctx.db.pool, owner_id);

/**
 * Lets an encoder in. Refuses `stream_key_refused`, and `stream_ended` where its owner has no live open.
 * @returns whose it is, and the stream that it sends to
 */
export async function admitEncoder(
  ctx: Context,
  app: string,
  key: string,
): Promise<{ owner_id: string; stream_id: string }> {
  const known = app === APP ? await findKey(ctx.db.pool, hashKey(key)) : null;
  if (!known) throw new Refusal('stream_key_refused');
  const { owner_id } = known;
  const stream_id = await findOpenStream(ctx.db.pool, owner_id);
  if (!stream_id) throw new Refusal('stream_ended', { detail: 'Open your live in the studio first.' });
  await setConnected(ctx.db.pool, owner_id, ctx.clock.now());
  return { owner_id, stream_id };
}

/** Whether this is still the key of that owner: asked with each run, so that a rotated key ends its encoder. */
export async function isCurrent(ctx: Context, owner_id: string, key: string): Promise<boolean> {
  const known = await findKey(ctx.db.pool, hashKey(key));
  return known?.owner_id === owner_id;
}
