/** What the routes of sign-in and passwords share: limits, cookies handed through, answers of even length. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../kernel/context.ts';

/** Sign-in attempts for one account, from wherever they come; the routes' own limits hold per address. */
const PER_ACCOUNT = { limit: 10, window_ms: 600_000 };
export const MAILS_PER_ACCOUNT = { limit: 4, window_ms: 3_600_000 };
export const PER_ADDRESS = { max: 30, timeWindow: 600_000 };
/** An answer about a mailbox takes this long whether we know it or not (FAULTS D11). */
const EVEN_MS = 150;

/** Whether this account has used up its tries. */
export const limited = ({ limiter }: Context, bucket: string, account: string, rate = PER_ACCOUNT): boolean =>
  !limiter.allow(`auth.${bucket}`, account, rate);

export async function evenly(work: Promise<unknown>): Promise<void> {
  await Promise.all([work, new Promise((resume) => setTimeout(resume, EVEN_MS))]);
}

/** What better-auth may see of a request. */
export function headersOf(req: FastifyRequest): Headers {
  const headers = new Headers({ 'x-souk-address': req.ip });
  if (req.headers.cookie) headers.set('cookie', req.headers.cookie);
  if (req.headers['user-agent']) headers.set('user-agent', req.headers['user-agent'].slice(0, 300));
  return headers;
}

export function handCookies(reply: FastifyReply, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) reply.header('set-cookie', cookie);
}
