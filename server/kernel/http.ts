/** The HTTP server: limits, security headers, who asks, and refusals as problem documents (RFC 9457). */
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Context } from './context.ts';
import { refusalOfMachine } from './db_errors.ts';
import { describeRoute } from './openapi.ts';
import { problemOf, Refusal } from './refusal.ts';
import { refuseHostileText, refuseOtherSites } from './walls.ts';

export type App = FastifyInstance & { souk: Context };

const MAX_BODY = 1_000_000;
const MAX_FRAME = 16_384;
const PATIENCE = { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 };

/** @param https key and certificate, for `--lan` */
export async function createHttp(ctx: Context, https?: { key: string; cert: string }): Promise<App> {
  const app = Fastify({
    // A client that drips its headers holds a connection for seconds, not for ever (FAULTS F5).
    ...(https ? { https: { ...https, ...PATIENCE } } : { http: PATIENCE }),
    logger: false,
    bodyLimit: MAX_BODY,
    connectionTimeout: 30_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 200 },
    trustProxy: ctx.config.trust_proxy ?? false,
    // Requests under way are answered before the house closes; connections without one are closed at once.
    forceCloseConnections: 'idle',
    genReqId: () => crypto.randomUUID(),
  }) as unknown as App;
  app.souk = ctx;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // text/plain would let another site post JSON without a preflight (FAULTS D7).
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(ctx, error, request, reply));
  app.setNotFoundHandler((request, reply) => sendProblem(ctx, new Refusal('not_found'), request, reply));
  await app.register(cookie);
  await app.register(helmet, helmetOptions(ctx));
  await app.register(rateLimit, {
    global: true,
    max: 600,
    timeWindow: 60_000,
    keyGenerator: (request) => request.ip,
    allowList: () => !ctx.config.production,
    errorResponseBuilder: (_request, { ttl }) =>
      new Refusal('too_many_requests', { retry_after_s: Math.ceil(ttl / 1000) }),
  });
  await app.register(websocket, { options: { maxPayload: MAX_FRAME, perMessageDeflate: false } });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Souk', version: '1', description: 'Everything the outside may say to a Souk instance.' },
    },
    transform: describeRoute,
  });
  app.addHook('onRequest', async (request) => refuseOtherSites(ctx, request));
  app.addHook('preValidation', async (request) => refuseHostileText(request));
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  return app;
}

function helmetOptions(ctx: Context) {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // The AAC encoder of a browser without one is WebAssembly.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' as const },
    hsts: ctx.config.public_url.startsWith('https:'),
  };
}

const FASTIFY_CODES: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type_refused',
};

function refusalOf(error: FastifyError | Refusal): Refusal | null {
  if (error instanceof Refusal) return error;
  if (error.validation) {
    const errors = error.validation.map((fault) => ({
      path: `${error.validationContext ?? 'request'}${fault.instancePath.replaceAll('/', '.')}`,
      message: fault.message ?? 'is not valid',
    }));
    return new Refusal('invalid_request', { errors });
  }
  const code = FASTIFY_CODES[error.code];
  if (code) return new Refusal(code);
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return new Refusal('invalid_request', { detail: error.message });
  }
  return refusalOfMachine(error);
}

function sendProblem(ctx: Context, error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply) {
  const known = refusalOf(error);
  if (!known) ctx.log.error({ error, url: request.routeOptions.url, request_id: request.id }, 'a bug');
  const refusal = known ?? new Refusal('internal_error', { extra: { request_id: request.id } });
  const { retry_after_s } = refusal.details;
  if (refusal.status === 503 || retry_after_s !== undefined) reply.header('retry-after', retry_after_s ?? 1);
  return reply
    .code(refusal.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problemOf(refusal, request.url.split('?')[0]));
}
