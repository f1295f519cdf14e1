/** What is refused before any route sees it. */
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { Context } from './context.ts';
import { Refusal } from './refusal.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Another site may not act with a visitor's cookie (FAULTS D7). Callers that are no browsers send no Origin. */
export function refuseOtherSites(ctx: Context, request: FastifyRequest): void {
  const upgrade = request.headers.upgrade !== undefined;
  if (SAFE.has(request.method) && !upgrade) return;
  const { origin } = request.headers;
  if (origin !== undefined && !isOwnOrigin(ctx, origin, request.raw)) throw new Refusal('origin_refused');
  if (request.headers['sec-fetch-site'] === 'cross-site') throw new Refusal('origin_refused');
}

const MAX_DEPTH = 32;

/** NUL (PostgreSQL cannot keep it), lone surrogates and absurd nesting are refused as 400 (FAULTS D16). */
export function refuseHostileText(request: FastifyRequest): void {
  inspect(request.params, 'params', 0);
  inspect(request.query, 'query', 0);
  if (!Buffer.isBuffer(request.body)) inspect(request.body, 'body', 0);
}

function inspect(value: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH) refuse(path, 'is nested too deeply');
  if (typeof value === 'string') {
    if (value.includes('\u0000')) refuse(path, 'contains a NUL character');
    if (!value.isWellFormed()) refuse(path, 'is not valid Unicode');
    return;
  }
  if (typeof value !== 'object' || value === null || isStream(value)) return;
  for (const [name, member] of Object.entries(value)) {
    inspect(name, path, depth + 1);
    inspect(member, `${path}.${name}`, depth + 1);
  }
}

const isStream = (value: object) => 'pipe' in value;

function refuse(path: string, message: string): never {
  throw new Refusal('invalid_request', { errors: [{ path, message }] });
}

/** The origin a request says it was made from is one of ours. */
export function isOwnOrigin(ctx: Context, origin: string, request: IncomingMessage): boolean {
  if (origin === ctx.config.public_url) return true;
  const host = request.headers.host;
  // A development instance is also reached by address or another name; production has one name.
  return !ctx.config.production && host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
