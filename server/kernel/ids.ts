/** Ids: minted once by the server as UUIDv7, `uuid` in the database, TypeID (`gift_…`) on the wire. */
import { hash, randomUUIDv7 } from 'node:crypto';
import { fromString, toUUID } from 'typeid-js';
import * as z from 'zod';

/** Every prefix of the house. */
export const PREFIXES = [
  'person',
  'session',
  'passkey',
  'account',
  'transfer',
  'lot',
  'topup',
  'withdrawal',
  'attempt',
  'method',
  'refund',
  'gift',
  'combo',
  'battle',
  'goal',
  'tip',
  'video',
  'sound',
  'comment',
  'conversation',
  'message',
  'upload',
  'package',
  'served',
  'room',
  'line',
  'pin',
  'stream',
  'schedule',
  'poll',
  'question',
  'merchant',
  'product',
  'variant',
  'image',
  'address',
  'order',
  'report',
  'decision',
  'audit',
  'case',
  'invite',
  'appeal',
  'mail',
  'notice',
  'push',
  'event',
] as const;

export type Prefix = (typeof PREFIXES)[number];

/** A new id. Its time is for index locality only; nothing reads it back. */
export const mintId = (): string => randomUUIDv7();

/**
 * An id that follows from what it stands for, so that the same thing always gets the same id
 * (accounts, transfers). A UUIDv8 (RFC 9562 §5.8) over SHA-256.
 */
export function deriveId(...parts: (string | number | bigint)[]): string {
  const hex = hash('sha256', parts.join('\u001f'));
  const variant = ((Number.parseInt(hex[16] as string, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const BASE32 = Buffer.from('0123456789abcdefghjkmnpqrstvwxyz');
const letters = Buffer.alloc(26);

/** As `typeid-js` writes it, at a third of its cost: several ids of every gift and every event go to the wire. */
export function toWire(prefix: Prefix, id: string): string {
  const hex = id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24);
  write(Number.parseInt(hex.slice(0, 2), 16), 0, 2);
  for (let group = 0; group < 6; group += 1) {
    write(Number.parseInt(hex.slice(2 + 5 * group, 7 + 5 * group), 16), 2 + 4 * group, 4);
  }
  return `${prefix}_${letters.toString('latin1')}`;
}

/** The lowest bits, five a letter. */
function write(bits: number, at: number, count: number): void {
  for (let i = at + count - 1, rest = bits; i >= at; i -= 1, rest >>= 5) letters[i] = BASE32[rest & 31]!;
}

/** @throws when the text is no id of that prefix */
export const fromWire = (prefix: Prefix, text: string): string => toUUID(fromString(text, prefix));

const patternOf = (prefix: Prefix) => new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`);

/** A codec between `gift_01k…` on the wire and the uuid inside. */
export const wireId = (prefix: Prefix) =>
  z.codec(z.string().regex(patternOf(prefix), `must be an id like ${prefix}_…`), z.string(), {
    decode: (text) => fromWire(prefix, text),
    encode: (id) => toWire(prefix, id),
  });

/** For staff: an id of any kind, with its prefix or as the plain uuid. Decodes only. */
export const anyId = z
  .string()
  .regex(/^([a-z]+_[0-7][0-9a-hjkmnp-tv-z]{25}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/, 'must be an id')
  .transform((text) => (text.includes('_') ? toUUID(fromString(text)) : text));
