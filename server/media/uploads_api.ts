/**
 * Resumable upload (tus 1.0) at /api/media/uploads, for one's own session only: begin with POST, send with PATCH, ask
 * with HEAD, cancel with DELETE. Its refusals are problem documents as everywhere.
 */
import { PassThrough, Readable } from 'node:stream';
import { type Metadata, Server } from '@tus/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context, Principal } from '../kernel/context.ts';
import type { App } from '../kernel/http.ts';
import { fromWire, toWire, wireId } from '../kernel/ids.ts';
import { timeCodec } from '../kernel/money.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { findUpload, type Upload } from './packages.ts';
import { createLocker, UploadStore } from './upload_store.ts';
import { beginUpload, receiveUpload, UPLOAD_LIMITS } from './uploads.ts';

const PATH = '/api/media/uploads';
const PIECE = 'application/offset+octet-stream';

export function mountUploads(app: App): void {
  // In a scope of its own: nowhere else is a body left to be read piece by piece.
  app.register(async (scope) => {
    scope.addContentTypeParser(PIECE, (_request, _payload, done) => done(null, undefined));
    mountProtocol(scope as App);
    mountState(scope as App);
  });
}

function mountProtocol(app: App): void {
  const ctx = app.souk;
  const asked = new WeakMap<Request, Principal>();
  const refused = new WeakMap<object, Refusal>();
  const server = new Server({
    path: PATH,
    relativeLocation: true,
    datastore: new UploadStore(ctx),
    locker: createLocker(),
    maxSize: UPLOAD_LIMITS.bytes,
    lockDrainTimeout: 500,
    namingFunction: async (request, metadata) => {
      const me = asked.get(request as Request);
      if (!me) throw new Error('an upload of nobody');
      return toWire('upload', await beginUpload(ctx, me, wishOf(request.headers, metadata ?? {})));
    },
    onUploadFinish: async (_, upload) => {
      await receiveUpload(ctx, fromWire('upload', upload.id));
      return {};
    },
    onResponseError: (request, error) => {
      refused.set(request, refusalOf(error));
      return undefined;
    },
  });

  const speak = async (request: FastifyRequest, reply: FastifyReply, me: Principal) => {
    const { message, leave } = messageOf(request);
    asked.set(message, me);
    const response = await server.handleWeb(message as Parameters<typeof server.handleWeb>[0]);
    leave();
    reply.header('tus-resumable', '1.0.0');
    if (response.status >= 400) {
      throw refused.get(message) ?? new Refusal('invalid_request', { detail: await response.text() });
    }
    for (const name of ['location', 'upload-offset', 'upload-length', 'upload-metadata', 'cache-control']) {
      const value = response.headers.get(name);
      if (value !== null) reply.header(name, value);
    }
    return reply.code(response.status).send(await response.text());
  };

  const hide = { schema: { hide: true } };
  app.post(PATH, hide, async (request, reply) => speak(request, reply, await whoSends(ctx, request)));
  app.route<{ Params: { upload_id: string } }>({
    ...hide,
    method: ['HEAD', 'PATCH', 'DELETE'],
    url: `${PATH}/:upload_id`,
    handler: async (request, reply) => {
      const me = await whoSends(ctx, request);
      const upload = await ownUpload(ctx, me, request.params.upload_id);
      if (upload.state === 'receiving') {
        await speak(request, reply, me);
        // A process that died between the last byte and its commit left it whole and unfinished.
        const offset = Number(reply.getHeader('upload-offset'));
        if (request.method === 'HEAD' && offset === Number(upload.size_bytes)) {
          await receiveUpload(ctx, upload.upload_id);
        }
        return reply;
      }
      if (upload.state === 'refused') throw new Refusal('upload_gone');
      if (request.method !== 'HEAD') throw new Refusal('upload_offset');
      const length = String(upload.size_bytes);
      return reply
        .headers({ 'tus-resumable': '1.0.0', 'cache-control': 'no-store' })
        .headers({ 'upload-offset': length, 'upload-length': length })
        .send();
    },
  });
}

async function whoSends(ctx: Context, request: FastifyRequest): Promise<Principal> {
  const me = await ctx.authenticate(request.headers.cookie);
  if (!me) throw new Refusal('sign_in_required');
  if (request.method !== 'HEAD' && me.suspended_until && me.suspended_until > ctx.clock.now()) {
    throw new Refusal('suspended', { extra: { until: me.suspended_until.toISOString() } });
  }
  return me;
}

/** Refuses `forbidden` for another's, whatever is asked of it. */
async function ownUpload(ctx: Context, me: Principal, text: string): Promise<Upload> {
  const id = wireId('upload').safeDecode(text as never);
  const upload = id.success ? await findUpload(ctx.db.pool, id.data) : null;
  if (!upload) throw new Refusal('not_found');
  if (upload.owner_id !== me.person_id) throw new Refusal('forbidden');
  return upload;
}

/**
 * The request as the tus server reads it, with the body still to come.
 * @returns with `leave`, which lets the rest of a body that nobody wants run out, so that the connection goes on
 */
function messageOf(request: FastifyRequest): { message: Request; leave: () => void } {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string' && name !== 'cookie') headers.set(name, value);
  }
  const { method, raw } = request;
  const url = `http://souk.invalid${request.url.split('?')[0]}`;
  if (method !== 'PATCH' && method !== 'POST') return { message: new Request(url, { method, headers }), leave() {} };
  const coming = new PassThrough();
  coming.on('error', () => {});
  raw.once('close', () => raw.complete || coming.destroy(new Error('the connection broke')));
  raw.pipe(coming);
  const body = Readable.toWeb(coming) as BodyInit;
  const leave = () => {
    raw.unpipe(coming);
    raw.resume();
  };
  return { message: new Request(url, { method, headers, body, duplex: 'half' } as RequestInit), leave };
}

function wishOf(headers: Headers, metadata: ReturnType<typeof Metadata.parse>) {
  const length = headers.get('upload-length');
  if (length === null) throw new Refusal('invalid_request', { detail: 'Upload-Length is needed' });
  const of = metadata.of ? wireId('upload').safeDecode(metadata.of as never) : null;
  if (of?.success === false || (metadata.rendition === '1') !== (of !== null)) throw new Refusal('not_found');
  return { size_bytes: Number(length), file_name: metadata.filename ?? '', of_upload_id: of?.data ?? null };
}

const CODES: Record<number, string> = { 404: 'not_found', 409: 'upload_offset', 410: 'upload_gone', 413: 'too_large' };

/** What the tus server says no with, in the words of the house. */
function refusalOf(error: Error | { status_code: number; body: string }): Refusal {
  if (error instanceof Refusal) return error;
  const { status_code, body } = error as { status_code?: number; body?: string };
  if (status_code === undefined || status_code >= 500) throw error;
  const code = CODES[status_code];
  return code ? new Refusal(code) : new Refusal('invalid_request', { detail: body?.trim() ?? '' });
}

function mountState(app: App): void {
  const ctx = app.souk;
  const state = z.object({
    upload_id: wireId('upload'),
    state: z.enum(['receiving', 'packaging', 'packaged', 'refused']),
    /** Why it could not be used, as a code. */
    refusal: z.string().nullable(),
    file_name: z.string(),
    size_bytes: z.int(),
    created_at: timeCodec,
    expires_at: timeCodec,
  });
  route(
    app,
    {
      method: 'GET',
      url: '/media/uploads/:upload_id',
      who: 'person',
      summary: 'What became of one’s own upload',
      params: z.object({ upload_id: wireId('upload') }),
      response: { 200: state },
    },
    async ({ me, params: { upload_id } }) => {
      const upload = await findUpload(ctx.db.pool, upload_id);
      if (upload?.owner_id !== me.person_id) throw new Refusal('not_found');
      return { ...upload, size_bytes: Number(upload.size_bytes) };
    },
  );
}
