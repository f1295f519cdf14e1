/** The route that players report to. */
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { route } from '../kernel/route.ts';
import { watch } from './watch.ts';
import { defineWatchJobs } from './watch_jobs.ts';
import { KINDS } from './watch_judge.ts';
import { visitOf } from './watch_session.ts';

const MAX_EVENTS = 50;

const event = z.strictObject({
  video_id: wireId('video'),
  seq: z.int().min(0).describe('Rises within a visit: the same event sent again counts once'),
  kind: z.enum(KINDS),
  played_ms: z.int().min(0).max(3_600_000).describe('Played since the event before'),
});

export function mountWatch(app: App): void {
  const ctx = app.souk;
  defineWatchJobs(ctx);
  route(
    app,
    {
      method: 'POST',
      url: '/videos/watch',
      who: 'anyone',
      key: 'none',
      summary: 'What a player played: the source of views and of what people hold to. Signed out too',
      body: z.strictObject({
        visit: z.string().max(300).optional().describe('The token of the answer before; a new visit without one'),
        events: z.array(event).min(1).max(MAX_EVENTS),
      }),
      response: { 200: z.object({ visit: z.string(), accepted: z.int() }) },
      refusals: ['visit_invalid'],
      while_suspended: true,
    },
    async ({ me, body, req }) => {
      const visit = visitOf(ctx, me, req.ip, body.visit);
      const { accepted } = await watch(ctx, me, visit, body.events);
      return { visit: visit.token, accepted };
    },
  );
}
