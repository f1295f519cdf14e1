/** Keys and stored answers: what makes a retried request have one effect and one reply. */
import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Refusal } from './refusal.ts';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Looked up only as (principal, route, key): another person or route with the same key is another request. */
export interface RequestKey {
  principal: string;
  route: string;
  key: string;
  /** SHA-256 of the canonical body: the same key with another body is refused. */
  body_hash: string;
}

/** What was answered, in wire form. */
export interface Answer {
  status: number;
  body: Json;
  /** Whether it was stored by an earlier request. */
  replayed: boolean;
}

export const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'replayed' in value && 'status' in value && 'body' in value;

const KEY = /^[\x21-\x7e]{8,200}$/;

/** Reads the Idempotency-Key of a request. Refuses `key_required`. */
export function requestKey(req: FastifyRequest, principal: string): RequestKey {
  const key = req.headers['idempotency-key'];
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new Refusal('key_required', { detail: 'Send an Idempotency-Key of 8 to 200 visible ASCII characters.' });
  }
  const what = [req.params, req.query, req.body];
  return { principal, route: `${req.method} ${req.routeOptions.url}`, key, body_hash: hashOf(what) };
}

/** The hash of a JSON value that does not depend on the order of its members. Bigints and dates count by their text. */
export const hashOf = (value: unknown): string => hash('sha256', canonical(value), 'base64url');

function canonical(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (value === null || typeof value !== 'object' || value instanceof Date) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
    .join(',')}}`;
}
