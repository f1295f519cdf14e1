/** One of the cast, acting through the same routes as everybody else. */
import { randomUUID } from 'node:crypto';
import type { App } from '../kernel/http.ts';

export interface Problem {
  code: string;
  detail?: string;
}

/** A route refused what one of the cast wanted. */
export class Declined extends Error {
  readonly problem: Problem;
  constructor(path: string, problem: Problem) {
    super(`${path}: ${problem.code}${problem.detail ? ` (${problem.detail})` : ''}`);
    this.problem = problem;
  }
}

export interface Actor {
  part: string;
  person_id: string;
  cookie: string;
  /** Sends JSON, or bytes of an image, and returns the answer; throws `Declined`. A POST gets a fresh key unless one is given. */
  call<Answer = unknown>(method: Method, path: string, body?: unknown, key?: string): Promise<Answer>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export function actorOf(app: App, part: string, person_id: string, cookie: string): Actor {
  return {
    part,
    person_id,
    cookie,
    async call<Answer>(method: Method, path: string, body?: unknown, key: string = randomUUID()) {
      const bytes = Buffer.isBuffer(body);
      const answer = await app.inject({
        method,
        url: `/api${path}`,
        headers: {
          cookie,
          ...(method === 'POST' && { 'idempotency-key': key }),
          ...(body !== undefined && { 'content-type': bytes ? 'image/jpeg' : 'application/json' }),
        },
        ...(body !== undefined && { payload: bytes ? body : JSON.stringify(body) }),
      });
      const said = answer.body === '' ? null : answer.json();
      if (answer.statusCode >= 300) throw new Declined(`${method} ${path}`, said as Problem);
      return said as Answer;
    },
  };
}
