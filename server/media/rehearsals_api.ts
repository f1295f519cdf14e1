/** Routes of rehearsals. */
import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { route } from '../kernel/route.ts';
import { endRehearsal, startRehearsal } from './rehearsals.ts';
import { streamUrl } from './streams.ts';

export function mountRehearsals(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/media/rehearsals',
      who: 'person',
      key: 'none',
      summary: 'Try camera, sound and line: a stream that nobody else sees. It takes the place of one begun before',
      response: { 201: z.object({ stream_id: wireId('stream'), stream_key: z.string(), live_url: z.string() }) },
      refusals: [...MAY_REFUSALS],
    },
    async ({ me }) => {
      const { stream_id, key } = await startRehearsal(ctx, me);
      return { stream_id, stream_key: key, live_url: streamUrl(stream_id, 'master.m3u8') };
    },
  );
  route(
    app,
    {
      method: 'DELETE',
      url: '/media/rehearsals/:stream_id',
      who: 'person',
      summary: "End one's rehearsal; nothing of it is left",
      params: z.object({ stream_id: wireId('stream') }),
      response: { 200: z.object({ done: z.literal(true) }) },
      while_suspended: true,
    },
    async ({ me, params }) => {
      await endRehearsal(ctx, me, params.stream_id);
      return { done: true } as const;
    },
  );
}
