import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { fromWire } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { route } from '../kernel/route.ts';
import { RELATIONS } from '../markets/index.ts';
import { ACTIONS, type Action, mayMany } from './access.ts';
import { addLabel } from './labels.ts';
import { findSanction } from './queries.ts';

/** For each action null, or the code of what stands against it. */
const standing = z.object({
  may: z.record(z.enum(ACTIONS), z.string().nullable()),
  suspension: z.object({ until_at: timeCodec, reason: z.string() }).nullable(),
});

/** What can carry a label, by the prefix of its id. */
const labelledId = z.string().regex(/^(video|room)_[0-7][0-9a-hjkmnp-tv-z]{25}$/);

export function mountAccess(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/access/mine',
      who: 'person',
      summary: 'What one may do here, and what stands against the rest',
      response: { 200: standing },
    },
    async ({ me: { person_id } }) => {
      const asks = ACTIONS.map((action) => ({ person_id, action }));
      const codes = await mayMany(ctx, ctx.db.pool, asks);
      const may = Object.fromEntries(ACTIONS.map((action, i) => [action, codes[i] ?? null]));
      const sanction = await findSanction(ctx.db.pool, person_id, ctx.clock.now());
      const suspension = sanction && { until_at: sanction.until_at, reason: sanction.reason };
      return { may: may as Record<Action, string | null>, suspension };
    },
  );
  route(
    app,
    {
      method: 'PUT',
      url: '/labels/:thing_id/:relation',
      who: 'person',
      summary: 'Say that one’s own video or live is commercial beyond what records show; it cannot be unsaid',
      params: z.object({ thing_id: labelledId, relation: z.enum(RELATIONS) }),
      response: { 200: z.object({ done: z.literal(true) }) },
    },
    async ({ me, params: { thing_id, relation } }) => {
      const kind = thing_id.startsWith('room_') ? 'room' : 'video';
      await addLabel(ctx, me, { kind, thing_id: fromWire(kind, thing_id), relation });
      return { done: true } as const;
    },
  );
}
