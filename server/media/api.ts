/** Routes of media: the state of a stream, its key, and ingest. Delivery is in delivery.ts: it speaks in bytes. */
import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { liveProviders } from '../markets/index.ts';
import { LIMITS } from './cmaf.ts';
import { addSegment, openRun } from './ingest.ts';
import { addLow, openLow } from './low.ts';
import type { Publisher } from './publishers.ts';
import { streamState } from './streams.ts';

const streamParams = z.object({ stream_id: wireId('stream') });
const runParams = streamParams.extend({ run_id: z.uuid() });
const segmentParams = runParams.extend({ seq: z.coerce.number().int().min(0).max(999_999_999) });
/** A body in bytes; the parser below makes sure of it. */
const bytes = z.custom<Buffer>((body) => Buffer.isBuffer(body), 'must be sent as video/mp4');

const state = z.object({
  state: z.enum(['waiting', 'live', 'silent', 'ended']),
  started_at: timeCodec.nullable(),
  ended_at: timeCodec.nullable(),
  last_segment_at: timeCodec.nullable(),
  live_url: z.string(),
  provider: z.enum(liveProviders),
  replay: z.array(z.object({ url: z.string(), starts_at: timeCodec, duration_ms: z.int() })),
});

export function mountMediaApi(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/media/streams/:stream_id',
      who: 'anyone',
      summary: 'What a stream is doing, and where to watch it',
      params: streamParams,
      response: { 200: state },
    },
    ({ me, params }) => streamState(ctx, params.stream_id, me?.person_id),
  );
  // In a scope of its own: nowhere else does the house take video as a body.
  app.register(async (scope) => mountIngest(scope as App));
}

const HEADERS = z.object({
  'souk-stream-key': z.string().max(64),
  'souk-publisher': z.uuid(),
});

function mountIngest(app: App): void {
  const ctx = app.souk;
  app.addContentTypeParser(
    'video/mp4',
    { parseAs: 'buffer', bodyLimit: LIMITS.segment_bytes },
    (_request, body, done) => done(null, body),
  );
  route(
    app,
    {
      method: 'PUT',
      url: '/media/streams/:stream_id/runs/:run_id/init',
      who: 'anyone',
      summary: 'Open a run with its init segment (fragmented MP4). Headers: souk-stream-key, souk-publisher',
      params: runParams,
      body: bytes,
      response: { 200: z.object({ run: z.int(), next_seq: z.int() }) },
      refusals: ['stream_key_refused', 'stream_ended', 'stream_busy', 'media_invalid'],
      rate: { max: 120, timeWindow: 60_000 },
    },
    ({ params, body, req }) => {
      const { publisher, publisher_id } = publisherOf(params, req.headers);
      return openRun(ctx, publisher, publisher_id, body);
    },
  );
  route(
    app,
    {
      method: 'PUT',
      url: '/media/streams/:stream_id/runs/:run_id/segments/:seq',
      who: 'anyone',
      summary: 'Add the next segment of a run. Headers: souk-stream-key, souk-publisher',
      params: segmentParams,
      body: bytes,
      response: { 200: z.object({ anchor_at: timeCodec, edge_at: timeCodec, next_seq: z.int() }) },
      refusals: [
        'stream_key_refused',
        'stream_ended',
        'run_not_current',
        'segment_out_of_order',
        'segment_gap',
        'low_missing',
        'media_invalid',
        'media_too_fast',
        'disk_full',
      ],
    },
    ({ params, body, req }) => addSegment(ctx, publisherOf(params, req.headers).publisher, params.seq, body),
  );
  mountLow(app);
}

function mountLow(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'PUT',
      url: '/media/streams/:stream_id/runs/:run_id/low/init',
      who: 'anyone',
      summary: 'Open the smaller picture of a run, before its first segment. Headers: souk-stream-key, souk-publisher',
      params: runParams,
      body: bytes,
      response: { 200: z.object({ next_seq: z.int() }) },
      refusals: ['stream_key_refused', 'stream_ended', 'run_not_current', 'media_invalid'],
      rate: { max: 120, timeWindow: 60_000 },
    },
    ({ params, body, req }) => openLow(ctx, publisherOf(params, req.headers).publisher, body),
  );
  route(
    app,
    {
      method: 'PUT',
      url: '/media/streams/:stream_id/runs/:run_id/low/segments/:seq',
      who: 'anyone',
      summary:
        'Add the smaller picture of the next segment, before the large one. Headers: souk-stream-key, souk-publisher',
      params: segmentParams,
      body: bytes,
      response: { 200: z.object({ next_seq: z.int() }) },
      refusals: [
        'stream_key_refused',
        'stream_ended',
        'run_not_current',
        'segment_out_of_order',
        'segment_gap',
        'media_invalid',
      ],
    },
    ({ params, body, req }) => addLow(ctx, publisherOf(params, req.headers).publisher, params.seq, body),
  );
}

function publisherOf(
  { stream_id, run_id }: z.output<typeof runParams>,
  headers: Record<string, unknown>,
): { publisher: Publisher; publisher_id: string } {
  const known = HEADERS.safeParse(headers);
  if (!known.success) throw new Refusal('stream_key_refused');
  const { 'souk-stream-key': key, 'souk-publisher': publisher_id } = known.data;
  return { publisher: { stream_id, run_id, key }, publisher_id };
}
