/**
 * Links that end mails of one kind for one person, signed out and with one click (RFC 8058). They never run out: an old
 * mail's link still does what it says, and it can do nothing else.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Notice } from './registry.ts';

const sign = (config: Config, text: string): Buffer =>
  Buffer.from(
    createHmac('sha256', config.secret).update(`unsubscribe:${text}`).digest().subarray(0, 18).toString('base64url'),
  );

/** @returns null for mails that cannot be switched off */
export function unsubscribeUrl(config: Config, person_id: string | null, notice: Notice): string | null {
  if (person_id === null || notice.channels.mail === 'always') return null;
  const text = Buffer.from(JSON.stringify([person_id, notice.kind])).toString('base64url');
  return `${config.public_url}/api/notices/unsubscribe?token=${text}.${sign(config, text)}`;
}

/** @returns whose mails of which kind, or null for a link that is not ours */
export function readUnsubscribe(config: Config, token: string): { person_id: string; kind: string } | null {
  const [text = '', mac = ''] = token.split('.');
  const [expected, given] = [sign(config, text), Buffer.from(mac)];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const [person_id, kind] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [string, string];
  return { person_id, kind };
}
