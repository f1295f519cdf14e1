import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { timeCodec } from '../kernel/money.ts';
import { route } from '../kernel/route.ts';
import { ACTIONS, type Action, mayMany } from './access.ts';
import { findSanction } from './queries.ts';

/** For each action null, or the code of what stands against it. */
const standing = z.object({
  may: z.record(z.enum(ACTIONS), z.string().nullable()),
  suspension: z.object({ until_at: timeCodec, reason: z.string() }).nullable(),
});

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
}
