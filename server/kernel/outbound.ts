/**
 * Reads what lies at an address that somebody else named (a playlist, a catalog to import, a page to preview). The
 * walls of outside.ts stand before each hop: https, public, and connected to the very address that was looked at.
 * Bytes, time, redirects and types are bounded; nothing is unpacked (FAULTS E1).
 */
import { lookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Config } from '../config.ts';
import { lookupPublic, OutsideRefused, outsideAddress, type Resolve } from './outside.ts';

/** The address may be called, but what came is not what was asked for, or nothing came. */
export class OutboundFailed extends Error {
  readonly why: 'unreachable' | 'status' | 'type' | 'too_large' | 'too_many_redirects' | 'packed';
  constructor(why: OutboundFailed['why'], more = '') {
    super(`${why} ${more}`.trim());
    this.why = why;
  }
}

export interface Wish {
  max_bytes: number;
  /** For all hops and the whole body together. */
  timeout_ms: number;
  /** What the answer may say it is; a wrong or missing type is refused. */
  types: RegExp;
  redirects?: number;
  /** For tests: names that change their mind. */
  resolve?: Resolve;
}

export interface Fetched {
  /** Where it was in the end: relative addresses in it are resolved against this one. */
  url: string;
  type: string;
  body: Buffer;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * @throws OutsideRefused for an address, also one that a redirect leads to, that this house does not call
 * @throws OutboundFailed for everything that goes wrong there
 */
export async function fetchOutbound(
  config: Pick<Config, 'stand_ins'>,
  address: string,
  { redirects = 3, ...wish }: Wish,
): Promise<Fetched> {
  const signal = AbortSignal.timeout(wish.timeout_ms);
  let url = allowed(config, address);
  for (let hop = 0; hop <= redirects; hop += 1) {
    const response = await ask(config, url, wish, signal);
    const { statusCode = 0, headers } = response;
    if (!REDIRECTS.has(statusCode)) return read(response, url, statusCode, wish);
    response.destroy();
    if (!headers.location || !URL.canParse(headers.location, url)) throw new OutboundFailed('status', 'to nowhere');
    url = allowed(config, new URL(headers.location, url).href);
  }
  throw new OutboundFailed('too_many_redirects');
}

/** What an operator allows for services of the house (`private_origins`) is not allowed for what people name. */
const allowed = ({ stand_ins }: Pick<Config, 'stand_ins'>, address: string): URL =>
  outsideAddress({ private_origins: stand_ins }, address);

function ask(
  { stand_ins }: Pick<Config, 'stand_ins'>,
  url: URL,
  { resolve = lookup as Resolve }: Omit<Wish, 'redirects'>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const pinned = stand_ins.includes(url.origin) ? {} : { lookup: lookupPublic(resolve) };
  const headers = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'Souk' };
  return new Promise((answered, failed) => {
    const request = send(url, { method: 'GET', headers, signal, agent: false, ...pinned }, answered);
    request.on('error', (error) => failed(asFailure(error)));
    request.end();
  });
}

const asFailure = (error: Error): Error =>
  error instanceof OutsideRefused || error instanceof OutboundFailed
    ? error
    : new OutboundFailed('unreachable', error.message);

async function read(response: IncomingMessage, url: URL, status: number, wish: Omit<Wish, 'redirects'>) {
  const { 'content-type': type = '', 'content-length': length, 'content-encoding': packed } = response.headers;
  const refuse = (why: OutboundFailed['why'], more?: string): never => {
    response.destroy();
    throw new OutboundFailed(why, more);
  };
  if (status !== 200) refuse('status', String(status));
  if (packed !== undefined && packed !== 'identity') refuse('packed');
  const kind = type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!wish.types.test(kind)) refuse('type', kind);
  if (Number(length) > wish.max_bytes) refuse('too_large');
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > wish.max_bytes) refuse('too_large');
      parts.push(part);
    }
  } catch (error) {
    throw asFailure(error as Error);
  }
  return { url: url.href, type: kind, body: Buffer.concat(parts) };
}
