/** One way to declare a route: shape, who may ask, what it refuses, whether it needs a key. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import { type Answer, isAnswer, type RequestKey, requestKey } from './answer.ts';
import type { Principal } from './context.ts';
import type { App } from './http.ts';
import { answerBefore } from './idempotency.ts';
import { KEYLESS } from './keyless.ts';
import { kernelRefusals, Refusal } from './refusal.ts';

/** Marks a schema of a route that answers with bytes; it stays out of the OpenAPI document. */
export const FILES = Symbol('files');

/** `anyone` may be signed out; every other is a signed-in person, the last three by role. `operator` may all. */
export type Who = 'anyone' | 'person' | 'moderator' | 'finance' | 'operator';

export interface RouteSpec<
  W extends Who,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api, in the words of the room: `/gifts/:gift_id`. */
  url: string;
  who: W;
  /** POSTs say whether they need an Idempotency-Key; those that do not are listed in keyless.ts with the reason. */
  key?: 'required' | 'none';
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  /** The one success status and its shape. */
  response: Record<number, R>;
  /** Codes of refusals beyond the kernel's own. */
  refusals?: readonly string[];
  /** Requests a minute and address, where the house's default is too generous. */
  rate?: { max: number; timeWindow: number };
  bodyLimit?: number;
  /** A suspended person may still do this (read, appeal, take money out). */
  while_suspended?: boolean;
}

export interface Asked<W extends Who, P, Q, B> {
  me: W extends 'anyone' ? Principal | null : Principal;
  params: P;
  query: Q;
  body: B;
  key: RequestKey;
  req: FastifyRequest;
  reply: FastifyReply;
}

const NO_KEY: RequestKey = { principal: '', route: '', key: '', body_hash: '' };

/**
 * Adds a route. The handler returns the value of the success response (zod codecs encode it) or a stored Answer.
 * Refuses `sign_in_required`, `forbidden`, `suspended`, `key_required` before the handler runs.
 */
export function route<
  W extends Who,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  app: App,
  spec: RouteSpec<W, P, Q, B, R>,
  handle: (asked: Asked<W, z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.output<R> | Answer>,
): void {
  const url = `/api${spec.url}`;
  checkKey(spec, url);
  const [[status = '200'] = []] = Object.entries(spec.response);
  const known = new Set([...Object.keys(kernelRefusals), ...(spec.refusals ?? [])]);
  app.route({
    method: spec.method,
    url,
    ...(spec.bodyLimit !== undefined && { bodyLimit: spec.bodyLimit }),
    config: { ...(spec.rate && { rateLimit: { ...spec.rate, allowList: [] } }), who: spec.who, key: spec.key },
    schema: schemaOf(spec),
    handler: async (req, reply) => {
      const me = await whoAsks(app, spec, req);
      const key = spec.key === 'required' ? requestKey(req, me?.person_id ?? '') : NO_KEY;
      try {
        const asked = { me, params: req.params, query: req.query, body: req.body, key, req, reply };
        const result = await handle(asked as Asked<W, z.output<P>, z.output<Q>, z.output<B>>);
        if (isAnswer(result)) return sendAnswer(reply, result);
        return reply.code(Number(status)).send(result);
      } catch (error) {
        // What was answered once is answered so for ever, also when the world has moved on and would refuse it now.
        const before = error instanceof Refusal && spec.key === 'required' ? await answerBefore(app.souk, key) : null;
        if (before) return sendAnswer(reply, before);
        if (error instanceof Refusal && !known.has(error.code)) {
          throw new Error(`${spec.method} ${url} does not declare the refusal ${error.code}`, { cause: error });
        }
        throw error;
      }
    },
  });
}

function checkKey(spec: { method: string; key?: string }, url: string): void {
  if (spec.method !== 'POST') return;
  if (spec.key === undefined) throw new Error(`POST ${url} must say whether it needs a key`);
  if (spec.key === 'none' && !KEYLESS[url]) throw new Error(`POST ${url} is not listed in keyless.ts`);
}

function schemaOf(spec: {
  url: string;
  summary: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  response: Record<number, z.ZodType>;
  refusals?: readonly string[];
}) {
  return {
    summary: spec.summary,
    tags: [spec.url.split('/')[1] as string],
    ...(spec.refusals?.length && { description: `Refuses: ${spec.refusals.join(', ')}` }),
    ...(spec.params && { params: spec.params }),
    ...(spec.query && { querystring: spec.query }),
    ...(spec.body && { body: spec.body }),
    response: spec.response,
  };
}

async function whoAsks(
  app: App,
  spec: { who: Who; while_suspended?: boolean },
  req: FastifyRequest,
): Promise<Principal | null> {
  const me = await app.souk.authenticate(req.headers.cookie);
  if (spec.who === 'anyone') return me;
  if (!me) throw new Refusal('sign_in_required');
  if (spec.who !== 'person' && !me.roles.includes(spec.who) && !me.roles.includes('operator')) {
    throw new Refusal('forbidden');
  }
  const acts = req.method !== 'GET' && req.method !== 'HEAD';
  if (acts && !spec.while_suspended && me.suspended_until && me.suspended_until > app.souk.clock.now()) {
    throw new Refusal('suspended', { extra: { until: me.suspended_until.toISOString() } });
  }
  return me;
}

/** A stored answer goes out as it was stored. */
function sendAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
  if (answer.replayed) reply.header('idempotency-replayed', 'true');
  return reply.code(answer.status).type('application/json; charset=utf-8').serializer(JSON.stringify).send(answer.body);
}
