/** Web Push (RFC 8030, 8291, 8292): a line on the lock screen, readable by nobody on the way. */
import { createECDH, createHash } from 'node:crypto';
import { findSettings as findInstance } from '../instance/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { callOutside, OutsideRefused } from '../kernel/outside.ts';
import { type Facts, lineOf } from './compose.ts';
import {
  deleteKeys,
  deleteSubscription,
  findKeys,
  findSubscription,
  insertKeys,
  type Subscription,
} from './push_queries.ts';
import type { Notice } from './registry.ts';
import { seal, unseal } from './seal.ts';
import type { Send } from './send_queries.ts';
import type { Tried } from './sending.ts';
import type { Reader } from './texts.ts';

const TIMEOUT_MS = 10_000;
const DAY_S = 86_400;
const LINE_MAX = 300;

export interface Keys {
  public_key: string;
  private_key: string;
}

const known = new WeakMap<Context, Promise<Keys>>();

/** Who this instance is to push services: made at the first start, and kept. */
export function keysOf(ctx: Context): Promise<Keys> {
  const found = known.get(ctx) ?? readKeys(ctx);
  known.set(ctx, found);
  found.catch(() => known.delete(ctx));
  return found;
}

async function readKeys(ctx: Context): Promise<Keys> {
  const { secret } = ctx.config;
  const stored = (await findKeys(ctx.db.pool)) ?? (await insertKeys(ctx.db.pool, makeKeys(secret), ctx.clock.now()));
  const private_key = unseal(secret, stored.private_key_sealed);
  if (private_key !== null) return { public_key: stored.public_key, private_key };
  ctx.log.warn('SOUK_SECRET has changed: browsers have to be asked again whether they show notices');
  await inTx(ctx.db, (tx) => deleteKeys(tx, stored.public_key));
  return readKeys(ctx);
}

function makeKeys(secret: string) {
  const curve = createECDH('prime256v1');
  const public_key = curve.generateKeys('base64url');
  const private_key = Buffer.alloc(32);
  const bytes = curve.getPrivateKey();
  bytes.copy(private_key, 32 - bytes.length);
  return { public_key, private_key_sealed: seal(secret, private_key.toString('base64url')) };
}

/** Sends one notice to one browser. Browsers that are gone are forgotten. */
export async function push(ctx: Context, send: Send, notice: Notice, reader: Reader, facts: Facts): Promise<Tried> {
  const device = send.subscription_id ? await findSubscription(ctx.db.pool, send.subscription_id) : null;
  if (!device || device.person_id !== send.person_id) return 'unwanted';
  const left_ms = notice.useful_ms && send.created_at.getTime() + notice.useful_ms - ctx.clock.now().getTime();
  const instance = await findInstance(ctx.db.pool);
  // The browser shows one message for a tag: a second copy replaces the first.
  const message = {
    title: instance.name,
    body: cut(lineOf(reader, notice, facts)),
    url: facts.link ?? '/notices',
    tag: send.notice_id,
  };
  try {
    const ttl_s = left_ms ? Math.max(1, Math.floor(left_ms / 1_000)) : DAY_S;
    return await hand(ctx, device, JSON.stringify(message), {
      ttl_s,
      urgent: notice.urgent === true,
      id: send.send_id,
    });
  } catch (error) {
    if (!(error instanceof OutsideRefused) && !(error instanceof KeysRefused)) throw error;
    await deleteSubscription(ctx.db.pool, device.subscription_id, null);
    return 'refused';
  }
}

class KeysRefused extends Error {}

async function hand(
  ctx: Context,
  device: Subscription,
  payload: string,
  { ttl_s, urgent, id }: { ttl_s: number; urgent: boolean; id: string },
): Promise<Tried> {
  const request = await encrypted(ctx, device, payload, { ttl_s, urgent, id });
  const { status, retry_after } = await callOutside(ctx.config, device.endpoint, {
    ...request,
    timeout_ms: TIMEOUT_MS,
  });
  if (status >= 200 && status < 300) return 'sent';
  if ([401, 403, 404, 410].includes(status)) {
    await deleteSubscription(ctx.db.pool, device.subscription_id, null);
    return 'refused';
  }
  if (status < 500 && status !== 429 && status !== 408) return 'refused';
  const wait_s = Number(retry_after);
  return { failed: true, wait_ms: wait_s > 0 ? Math.min(wait_s, DAY_S) * 1_000 : 0 };
}

async function encrypted(
  ctx: Context,
  { endpoint, p256dh, auth }: Subscription,
  payload: string,
  { ttl_s, urgent, id }: { ttl_s: number; urgent: boolean; id: string },
) {
  const { default: webPush } = await import('web-push');
  const { public_key: publicKey, private_key: privateKey } = await keysOf(ctx);
  const { public_url } = ctx.config;
  const subject = public_url.startsWith('https:') ? public_url : `mailto:no-reply@${new URL(public_url).hostname}`;
  try {
    const { method, headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
      vapidDetails: { subject, publicKey, privateKey },
      TTL: ttl_s,
      urgency: urgent ? 'high' : 'normal',
      // A second copy replaces one that the push service still holds.
      topic: createHash('sha256').update(id).digest('base64url').slice(0, 32),
      contentEncoding: 'aes128gcm',
    });
    const plain = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    return { method, headers: Object.fromEntries(plain) as Record<string, string>, body };
  } catch (error) {
    throw new KeysRefused('the keys of a subscription are none', { cause: error });
  }
}

const cut = (line: string): string => (line.length > LINE_MAX ? `${line.slice(0, LINE_MAX - 1)}…` : line);
