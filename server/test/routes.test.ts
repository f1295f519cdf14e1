/**
 * Every route of the OpenAPI document, attacked: signed out, wrong role, unknown and foreign ids, missing, wrong,
 * too large and hostile members. Each must be answered with a problem document, and nothing may have changed.
 * FAULTS A7, D1, D7, D9, D11, D16.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { toWire } from '../kernel/ids.ts';
import { openHouse } from './harness.ts';
import { type Broken, brokenBodies, brokenQueries, type Shape, sampleOf } from './shapes.ts';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  schema: Shape;
  required?: boolean;
}

interface Operation {
  summary: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Shape }> };
  'x-who': 'anyone' | 'person' | 'moderator' | 'finance' | 'operator';
  'x-key': 'required' | 'none';
}

const document = JSON.parse(readFileSync(new URL('../../sdk/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};

const house = await openHouse(null);
/** What a person can have, beyond the sample of its shape. */
const FURNITURE: Record<string, object> = {
  '/api/merchants': {},
  '/api/products': {},
  '/api/addresses': {},
  '/api/payment-methods': {},
};

const roles = ['moderator', 'finance', 'operator'];
const people = {
  person: await house.person({ handle: 'walker' }),
  moderator: await house.person({ handle: 'mod.erator', roles: ['moderator'] }),
  finance: await house.person({ handle: 'finance1', roles: ['finance'] }),
  operator: await house.person({ handle: 'operator1', roles: ['operator'] }),
};
const victim = await house.person({ handle: 'victim' });

/** One hash over every table, but for queues that empty themselves. */
async function checksum(): Promise<Record<string, string>> {
  const { rows: tables } = await house.ctx.db.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('public', 'ledger', 'auth') and tablename not in ('outbox', 'mailbox', 'migrations') order by 1`,
  );
  const hashes = tables.map(
    ({ name }) =>
      `select '${name}' as name, md5(string_agg(md5(t::text), '' order by md5(t::text))) as hash from ${name} t`,
  );
  const { rows } = await house.ctx.db.pool.query<{ name: string; hash: string }>(hashes.join(' union all '));
  return Object.fromEntries(rows.map((row) => [row.name, row.hash ?? '']));
}

interface Request {
  method: string;
  path: string;
  cookie?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

interface Reply {
  status: number;
  type: string;
  text: string;
}

async function send({ method, path, cookie, body, headers }: Request): Promise<Reply> {
  const hasBody = body !== undefined && method !== 'GET';
  const reply = await fetch(house.url + path, {
    method,
    headers: {
      'idempotency-key': crypto.randomUUID(),
      ...(cookie && { cookie }),
      ...(hasBody && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(hasBody && { body: typeof body === 'string' && headers ? body : JSON.stringify(body) }),
  });
  return { status: reply.status, type: reply.headers.get('content-type') ?? '', text: await reply.text() };
}

/** What is wrong with an answer that should have been a refusal; null when it is one. */
function faultOf(reply: Reply, statuses: number[] | null): string | null {
  const said = `${reply.status} ${reply.text.slice(0, 200)}`;
  if (reply.status < 400 || reply.status >= 500) return `answered ${said}`;
  if (!reply.type.startsWith('application/problem+json')) return `no problem document: ${reply.type} ${said}`;
  const problem = JSON.parse(reply.text) as Record<string, unknown>;
  if (typeof problem.code !== 'string' || problem.status !== reply.status) return `an incomplete problem: ${said}`;
  if (problem.money_moved !== false) return `does not say that no money moved: ${said}`;
  return statuses && !statuses.includes(reply.status) ? `expected ${statuses.join('/')}: ${said}` : null;
}

/** Ids that exist and belong to another person, by the name of their parameter. */
const foreign: Record<string, string> = { session_id: await sessionOf(victim.person_id) };

async function sessionOf(person_id: string): Promise<string> {
  const sql = 'select id from auth.sessions where user_id = $1';
  const { rows } = await house.ctx.db.pool.query<{ id: string }>(sql, [person_id]);
  return toWire('session', rows[0]?.id ?? '');
}

/** What the victim has, made through the routes; the others have a shop of their own, so that it hides nothing. */
async function furnish(): Promise<void> {
  for (const someone of [victim, ...Object.values(people)]) {
    for (const [path, given] of Object.entries(FURNITURE)) {
      const shape = document.paths[path]?.post?.requestBody?.content['application/json']?.schema ?? {};
      const body = { ...(sampleOf(shape) as object), ...given };
      const reply = await send({ method: 'POST', path, cookie: someone.cookie, body });
      assert.equal(reply.status, 201, `POST ${path} ${reply.status} ${reply.text}`);
      if (someone !== victim) break;
      for (const [name, id] of Object.entries(JSON.parse(reply.text))) {
        if (name.endsWith('_id') && typeof id === 'string') foreign[name] ??= id;
      }
    }
  }
}

await furnish();
await house.drain();

for (const [url, operations] of Object.entries(document.paths)) {
  for (const [verb, operation] of Object.entries(operations)) {
    const method = verb.toUpperCase();
    test(`${method} ${url}: every wrong request is refused and changes nothing`, async () => {
      const before = await checksum();
      const faults = await attack(method, url, operation);
      assert.deepEqual(faults, []);
      assert.deepEqual(await checksum(), before, 'something was written');
    });
  }
}

/** 409 and 415 hide nothing: they are said before the thing is looked for. */
const NOT_YOURS = [400, 403, 404, 409, 415, 422];
/** Whatever is answered. */
const DONE: number[] = [];

type Attack = [what: string, request: Request, statuses: number[] | null];

async function attack(method: string, url: string, operation: Operation): Promise<string[]> {
  const faults: string[] = [];
  for (const [what, request, statuses] of attacksOn(method, url, operation)) {
    const reply = await send(request);
    // A route's own limit is a refusal like any other; it only hides what else the request would have met.
    const fault = reply.status === 429 || statuses === DONE ? null : faultOf(reply, statuses);
    if (fault) faults.push(`${what}: ${fault}`);
  }
  return faults;
}

function attacksOn(method: string, url: string, operation: Operation): Attack[] {
  const { parameters = [], requestBody, 'x-who': who, 'x-key': key } = operation;
  const shape = requestBody?.content['application/json']?.schema;
  const ids = parameters.filter((parameter) => parameter.in === 'path');
  const path = fill(url, ids, (parameter) => String(sampleOf(parameter.schema)));
  const cookie = who === 'anyone' ? undefined : people[who].cookie;
  const body = shape && sampleOf(shape);
  const good: Request = { method, path, body, ...(cookie && { cookie }) };
  const acts = method !== 'GET';
  const attacks: Attack[] = [];

  if (who !== 'anyone') {
    attacks.push(['signed out', { method, path, body }, [401, 400, 404]]);
    attacks.push(['a forged cookie', { ...good, cookie: forged(people.operator.cookie) }, [401, 400, 404]]);
  }
  if (roles.includes(who)) {
    for (const other of roles.filter((role) => role !== who && role !== 'operator')) {
      attacks.push([`as ${other}`, { ...good, cookie: people[other as 'finance'].cookie }, [403, 400, 404]]);
    }
    attacks.push(['as anybody', { ...good, cookie: people.person.cookie }, [403, 400, 404]]);
  }
  for (const parameter of ids) {
    const at = (value: string) => fill(url, ids, (one) => (one === parameter ? value : String(sampleOf(one.schema))));
    for (const value of ['-1', 'x'.repeat(190), '%00', '..%2f..%2fetc%2fpasswd', "'%20or%201=1--"]) {
      attacks.push([`${parameter.name} = ${value.slice(0, 20)}`, { ...good, path: at(value) }, [400, 404]]);
    }
    const others = foreign[parameter.name];
    // What is public may be read, and taking away what one does not have is done; the checksum sees whether it was.
    const harmless = method === 'DELETE' || (method === 'GET' && who === 'anyone');
    if (others && !harmless) attacks.push([`another's ${parameter.name}`, { ...good, path: at(others) }, NOT_YOURS]);
    if (others && method === 'DELETE')
      attacks.push([`another's ${parameter.name}`, { ...good, path: at(others) }, DONE]);
  }
  // Taking away what is not there is done; everything else must find its thing.
  const unknown = ids.some((parameter) => parameter.schema.pattern?.includes('_[0-7]'));
  if (unknown && method !== 'DELETE') attacks.push(['unknown ids', good, NOT_YOURS]);
  if (shape)
    for (const broken of brokenBodies(shape)) attacks.push([broken.what, { ...good, body: broken.body }, [400]]);
  if (shape && acts) attacks.push(...badEncodings(good));
  for (const broken of brokenQueries(parameters.filter((parameter) => parameter.in === 'query'))) {
    attacks.push([
      broken.what,
      { ...good, path: `${path}?${(broken as Broken & { body: string }).body}` },
      [400, 403, 404],
    ]);
  }
  if (acts) {
    attacks.push(['from another site', { ...good, headers: { origin: 'https://evil.example' } }, [403]]);
    attacks.push(['cross-site fetch', { ...good, headers: { 'sec-fetch-site': 'cross-site' } }, [403]]);
  }
  if (key === 'required') attacks.push(['without a key', { ...good, headers: { 'idempotency-key': '' } }, [400]]);
  return attacks;
}

function badEncodings(good: Request): Attack[] {
  const json = JSON.stringify(good.body);
  return [
    ['JSON as text/plain', { ...good, body: json, headers: { 'content-type': 'text/plain' } }, [400, 415]],
    ['a form', { ...good, body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, [400, 415]],
    ['half a document', { ...good, body: json.slice(0, -1), headers: { 'content-type': 'application/json' } }, [400]],
    [
      '__proto__',
      {
        ...good,
        body: `{"__proto__":{"roles":["operator"]},${json.slice(1)}`,
        headers: { 'content-type': 'application/json' },
      },
      null,
    ],
    [
      'a huge document',
      { ...good, body: `{"x":"${'x'.repeat(1_200_000)}"}`, headers: { 'content-type': 'application/json' } },
      [400, 413],
    ],
  ];
}

const forged = (cookie: string): string => `${cookie.slice(0, -6)}AAAA%3D`;

const fill = (url: string, ids: Parameter[], value: (parameter: Parameter) => string): string =>
  ids.reduce((path, parameter) => path.replace(`{${parameter.name}}`, value(parameter)), url);
