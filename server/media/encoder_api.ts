/** Routes of encoders that speak RTMP: where they send to, and their key. */
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { timeCodec } from '../kernel/money.ts';
import { route } from '../kernel/route.ts';
import { APP, encoderOf, makeEncoderKey } from './encoders.ts';

const encoder = z.object({
  /** Null where the operator has closed it. */
  server_url: z.string().nullable(),
  key_made_at: timeCodec.nullable(),
  /** The last connection that was let in. */
  connected_at: timeCodec.nullable(),
  /** The code of the refusal that cut the last connection off; null while all is well. */
  fault: z.string().nullable(),
});

export function mountEncoderApi(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/media/encoder',
      who: 'person',
      summary: 'Where OBS or another RTMP encoder of yours sends to, and how its last connection ended',
      response: { 200: encoder },
    },
    async ({ me }) => {
      const known = await encoderOf(ctx, me.person_id);
      return {
        server_url: serverUrl(ctx.config),
        key_made_at: known?.made_at ?? null,
        connected_at: known?.connected_at ?? null,
        fault: known?.fault ?? null,
      };
    },
  );
  route(
    app,
    {
      method: 'POST',
      url: '/media/encoder/key',
      who: 'person',
      key: 'none',
      summary: 'A key for your encoder, shown once; the one before is refused from now on',
      response: { 200: z.object({ key: z.string() }) },
    },
    async ({ me }) => ({ key: await makeEncoderKey(ctx, me.person_id) }),
  );
}

function serverUrl({ rtmp_port, public_url }: { rtmp_port: number | null; public_url: string }): string | null {
  if (rtmp_port === null) return null;
  const port = rtmp_port === 1_935 ? '' : `:${rtmp_port}`;
  return `rtmp://${new URL(public_url).hostname}${port}/${APP}`;
}
