/**
 * Delivery: what lies below /media/streams/<id>/. Who may have it is decided here, for every byte of a protected stream;
 * what it is, is the provider's business (providers.ts).
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context, Principal } from '../kernel/context.ts';
import type { App } from '../kernel/http.ts';
import { fromWire } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Moment } from './cache.ts';
import { type Found, PROVIDERS, providerNameOf } from './providers.ts';
import * as queries from './queries.ts';
import { STREAM_CHANGED } from './streams.ts';

/** Whether somebody may see a protected stream now. Asked for every byte; must be quick. */
export type Entitlement = (ctx: Context, stream_id: string, viewer: Principal | null) => Promise<boolean>;

const STREAM_MS = 1_000;
/** By which way a stream came in never changes. */
const PROVIDER_MS = 600_000;

/** @param may_watch the check of protected streams; without one nobody but their owner sees them */
export function mountDelivery(app: App, may_watch: Entitlement): void {
  const ctx = app.souk;
  const deliver = { own: PROVIDERS.own.deliver(ctx), external_hls: PROVIDERS.external_hls.deliver(ctx) };
  const names = new Moment(PROVIDER_MS, (stream_id) => providerNameOf(ctx, stream_id));
  const streams = new Moment(STREAM_MS, (stream_id) => queries.findStream(ctx.db.pool, stream_id));
  const unsubscribe = ctx.bus.subscribe(STREAM_CHANGED, (change) => {
    const { stream_id } = change as { stream_id: string };
    streams.forget(stream_id);
  });
  app.addHook('onClose', async () => unsubscribe());

  app.get<{ Params: { stream: string; file: string }; Querystring: Record<string, unknown> }>(
    '/media/streams/:stream/:file',
    { schema: { hide: true }, config: { rateLimit: false } },
    async (request, reply) => {
      const { file } = request.params;
      const stream = await streams.get(idOf(request.params.stream));
      if (!stream || stream.purged_at) throw new Refusal('not_found');
      if (stream.is_protected) await refuseStranger(ctx, stream, request, may_watch);
      const { query } = request;
      const found = await deliver[await names.get(stream.stream_id)]({ stream, file, query });
      if (!found) throw new Refusal('not_found');
      return send(found, stream, reply);
    },
  );
}

function idOf(text: string): string {
  try {
    return fromWire('stream', text);
  } catch {
    throw new Refusal('not_found');
  }
}

/** FAULTS D2: the same question for a playlist, an init segment and every segment. A stranger learns nothing. */
async function refuseStranger(
  ctx: Context,
  stream: queries.Stream,
  request: FastifyRequest,
  may_watch: Entitlement,
): Promise<void> {
  const viewer = await ctx.authenticate(request.headers.cookie);
  if (viewer?.person_id === stream.owner_id) return;
  if (stream.is_rehearsal || !(await may_watch(ctx, stream.stream_id, viewer))) throw new Refusal('not_found');
}

function send({ body, type, shared_s, forever }: Found, { is_protected }: queries.Stream, reply: FastifyReply) {
  // A shared cache may answer a crowd for a while; a browser's own cache would only add delay.
  const shared = forever ? `public, max-age=${shared_s}, immutable` : `public, max-age=0, s-maxage=${shared_s}`;
  return reply
    .type(type)
    .header('cache-control', is_protected ? 'private, no-store' : shared)
    .send(body);
}
