/**
 * How two browsers find each other: what one says is handed to the other, unread, and to nobody else. Who may speak is
 * asked for every message: a block, a suspension or the end of it holds from the next one on (FAULTS D5).
 */
import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { mustBeAllowed } from '../access/index.ts';
import type { IceServer } from '../config.ts';
import type { Context } from '../kernel/context.ts';
import { fromWire, toWire } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { onMessage, tellPeople } from '../rooms/index.ts';
import { together } from './cohosts.ts';

/** A connection takes about ten messages; a phone that changes networks asks again. */
const RATE = { limit: 120, window_ms: 30_000 };
const MAX_BYTES = 16_000;

const signal = z.object({
  to: z.string().regex(/^person_[0-7][0-9a-hjkmnp-tv-z]{25}$/),
  session: z.uuid(),
  kind: z.enum(['ready', 'offer', 'answer', 'ice']),
  data: z.string().max(12_000),
});

/** Answers `cohost.signal`. Refuses `cohost_over` unless the two are the host and who was taken in. */
export function handOnSignals(ctx: Context): void {
  onMessage(ctx, 'cohost.signal', {
    schema: signal,
    rate: RATE,
    max_bytes: MAX_BYTES,
    async handle({ me: { person_id }, room: { room_id, host_id }, message: { to, ...said } }) {
      const other_id = fromWire('person', to);
      const guest_id = person_id === host_id ? other_id : person_id;
      if (person_id !== host_id && other_id !== host_id) throw new Refusal('cohost_over');
      await together(ctx, ctx.db.pool, room_id, guest_id);
      await mustBeAllowed(ctx, ctx.db.pool, person_id, 'go_live', { with: other_id });
      const message = { v: 1, type: 'cohost.signal', from: toWire('person', person_id), ...said } as const;
      tellPeople(ctx, { room_id, person_ids: [other_id], message });
      return { status: 202, body: {} };
    },
  });
}

/** How long a name made for one connection opens a relay. */
const RELAY_S = 6 * 3_600;

/**
 * What browsers ask for a way to each other. A relay with a shared secret gets names that end by themselves (the REST
 * convention of coturn's `use-auth-secret`): who was a guest once cannot go on using it.
 */
export function iceServersFor(servers: readonly IceServer[], person_id: string, now: Date) {
  return servers.map(({ urls, username, credential, secret }) => {
    if (secret === undefined) return { urls: [urls].flat(), ...(username && credential && { username, credential }) };
    const name = `${Math.floor(now.getTime() / 1_000) + RELAY_S}:${toWire('person', person_id)}`;
    return {
      urls: [urls].flat(),
      username: name,
      credential: createHmac('sha1', secret).update(name).digest('base64'),
    };
  });
}

export const hasRelay = (servers: readonly IceServer[]): boolean =>
  servers.some(({ urls }) => [urls].flat().some((url) => url.startsWith('turn')));
