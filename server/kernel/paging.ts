/** Pages: keyset on the shown order and id; the cursor is opaque and signed (FAULTS D11); no totals, no offset. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Config } from '../config.ts';
import { Refusal } from './refusal.ts';

/** `?limit=1..100&after=` */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.string().max(500).optional(),
});

export interface Page<T> {
  items: T[];
  /** The cursor of the next page, or null on the last. */
  next: string | null;
}

export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

const sign = (config: Config, text: string) =>
  createHmac('sha256', config.secret).update(`cursor:${text}`).digest().subarray(0, 12).toString('base64url');

/** @param parts the shown order's values and the id of the last item */
export function encodeCursor(config: Config, parts: (string | number)[]): string {
  const text = Buffer.from(JSON.stringify(parts)).toString('base64url');
  return `${text}.${sign(config, text)}`;
}

/** Refuses `cursor_invalid` for a cursor that is not ours. */
export function decodeCursor(config: Config, cursor: string): (string | number)[] {
  const [text = '', mac = ''] = cursor.split('.');
  const expected = Buffer.from(sign(config, text));
  const given = Buffer.from(mac);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Refusal('cursor_invalid');
  return JSON.parse(Buffer.from(text, 'base64url').toString());
}

/**
 * Cuts a page from rows of which one more than `limit` was asked for.
 * @param cursor the values of a row that its successor is found by
 */
export function toPage<T>(config: Config, rows: T[], limit: number, cursor: (row: T) => (string | number)[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(config, cursor(last)) : null };
}
