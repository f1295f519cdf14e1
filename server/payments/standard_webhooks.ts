import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a webhook's timestamp may be from our clock, either way. Source: the Standard Webhooks specification. */
export const WEBHOOK_TOLERANCE_MS = 5 * 60_000;

export interface SignedHeaders {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

/** Signs `id.timestamp.body` with HMAC-SHA256 (Standard Webhooks, scheme `v1`). `secret` is `whsec_` + base64. */
export function signWebhook(secret: string, id: string, at: Date, body: string): SignedHeaders {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = mac(secret, id, timestamp, body).toString('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

export type WebhookFault = 'headers_missing' | 'timestamp_invalid' | 'timestamp_too_far' | 'signature_invalid';

/**
 * Verifies the raw bytes before anything is parsed. Several secrets are valid while one replaces another.
 * Compares in constant time. Returns the event's id, or the fault.
 */
export function verifyWebhook(
  secrets: string[],
  headers: Record<string, string | string[] | undefined>,
  body: Buffer,
  now: Date,
): { id: string } | { fault: WebhookFault } {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
    return { fault: 'headers_missing' };
  }
  if (!id || !signatures) return { fault: 'headers_missing' };
  if (!/^\d{1,12}$/.test(timestamp)) return { fault: 'timestamp_invalid' };
  if (Math.abs(Number(timestamp) * 1000 - now.getTime()) > WEBHOOK_TOLERANCE_MS) return { fault: 'timestamp_too_far' };
  const offered = signatures
    .split(' ')
    .slice(0, 8)
    .filter((part) => part.startsWith('v1,'))
    .map((part) => Buffer.from(part.slice(3), 'base64'));
  const expected = secrets.map((secret) => mac(secret, id, timestamp, body));
  const valid = expected.some((right) => offered.some((given) => sameBytes(right, given)));
  return valid ? { id } : { fault: 'signature_invalid' };
}

function mac(secret: string, id: string, timestamp: string, body: string | Buffer): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}

function sameBytes(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
