import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { openHouse } from '../test/harness.ts';
import type { App } from './http.ts';
import { positiveDigits, timeCodec } from './money.ts';
import { decodeCursor, encodeCursor } from './paging.ts';
import { defineRefusals, Refusal } from './refusal.ts';
import { route } from './route.ts';

defineRefusals({ test_declined: [409, 'Declined'], test_undeclared: [409, 'Not declared'] });

function mount(app: App): void {
  route(
    app,
    {
      method: 'POST',
      url: '/test/things',
      who: 'anyone',
      key: 'required',
      summary: 'A route of this test',
      body: z.object({ coins: positiveDigits, note: z.string().max(100).optional() }),
      response: { 201: z.object({ coins: positiveDigits, at: timeCodec }) },
      refusals: ['test_declined'],
    },
    async ({ body }) => {
      if (body.note === 'decline') throw new Refusal('test_declined', { detail: 'Told to.' });
      if (body.note === 'undeclared') throw new Refusal('test_undeclared');
      if (body.note === 'bug') throw new Error('secret-canary');
      if (body.note?.startsWith('code ')) throw Object.assign(new Error('told to'), { code: body.note.slice(5) });
      return { coins: body.coins, at: app.souk.clock.now() };
    },
  );
}

const { app, ctx } = await openHouse(null, { mount });
const { config } = ctx;

const post = (payload: string | object, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/test/things',
    payload,
    headers: { 'idempotency-key': 'a-key-of-this-test', 'content-type': 'application/json', ...headers },
  });

test('a refusal becomes a problem document that says whether money moved', async () => {
  const reply = await post({ coins: '1', note: 'decline' });
  assert.equal(reply.statusCode, 409);
  assert.match(reply.headers['content-type'] as string, /^application\/problem\+json/);
  assert.equal(reply.headers['cache-control'], 'no-store');
  assert.deepEqual(reply.json(), {
    type: 'urn:souk:problem:test_declined',
    code: 'test_declined',
    title: 'Declined',
    status: 409,
    detail: 'Told to.',
    instance: '/api/test/things',
    money_moved: false,
  });
});

test('D17: a bug is a 500 that leaks nothing', async () => {
  for (const note of ['bug', 'undeclared']) {
    const reply = await post({ coins: '1', note });
    assert.equal(reply.statusCode, 500);
    assert.equal(reply.json().code, 'internal_error');
    assert.doesNotMatch(reply.body, /secret-canary/);
  }
});

test('G3, G5: a full disk is 507; a database that is away or overrun is 503 with Retry-After', async () => {
  for (const code of ['ENOSPC', '53100']) {
    const reply = await post({ coins: '1', note: `code ${code}` });
    assert.deepEqual([reply.statusCode, reply.json().code, reply.json().money_moved], [507, 'storage_full', false]);
  }
  for (const code of ['53300', '57014', '55P03', '40P01', '57P01', '08006', 'ECONNREFUSED']) {
    const reply = await post({ coins: '1', note: `code ${code}` });
    assert.deepEqual(
      [reply.statusCode, reply.json().code, reply.headers['retry-after']],
      [503, 'overloaded', '1'],
      code,
    );
  }
});

test('D14: no other page may hold ours in a frame and lay a button over it', async () => {
  for (const url of ['/', '/api/gifts/catalog', '/nothing']) {
    const { headers } = await app.inject({ url });
    assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/, url);
    assert.equal(headers['x-frame-options'], 'SAMEORIGIN', url);
  }
});

test('D16: hostile JSON is refused with 400, never a 500', async () => {
  const cases: [what: string, payload: string][] = [
    ['a prototype', '{"__proto__": {"admin": true}, "coins": "1"}'],
    ['a constructor', '{"constructor": {"prototype": {}}, "coins": "1"}'],
    ['NUL', '{"coins": "1", "note": "a\\u0000b"}'],
    ['a lone surrogate', '{"coins": "1", "note": "\\ud800"}'],
    ['deep nesting', `{"coins": "1", "note": ${'['.repeat(5000)}${']'.repeat(5000)}}`],
    ['no JSON', '{'],
    ['nothing', ''],
    ['an array', '[]'],
    ['a number for coins', '{"coins": 1}'],
  ];
  for (const [what, payload] of cases) {
    const reply = await post(payload);
    assert.equal(reply.statusCode, 400, `${what}: ${reply.body}`);
    assert.equal(reply.json().code, 'invalid_request');
  }
  assert.equal((await post(`{"coins": "1", "note": "${'x'.repeat(1_100_000)}"}`)).statusCode, 413);
});

test('D7: another site can not post, neither with its origin nor as text/plain', async () => {
  assert.equal((await post({ coins: '1' }, { origin: 'https://evil.example' })).json().code, 'origin_refused');
  assert.equal((await post({ coins: '1' }, { origin: 'null' })).json().code, 'origin_refused');
  assert.equal((await post({ coins: '1' }, { 'sec-fetch-site': 'cross-site' })).json().code, 'origin_refused');
  assert.equal((await post('{"coins":"1"}', { 'content-type': 'text/plain' })).json().code, 'media_type_refused');
  assert.equal((await post({ coins: '1' }, { origin: config.public_url })).statusCode, 201);
});

test('a POST that creates needs a key', async () => {
  for (const key of ['', 'short', 'with space in it', 'x'.repeat(201)]) {
    assert.equal((await post({ coins: '1' }, { 'idempotency-key': key })).json().code, 'key_required');
  }
});

test('answers carry the security headers, and a strict policy without inline script', async () => {
  const { headers } = await post({ coins: '1' });
  const policy = headers['content-security-policy'] as string;
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['referrer-policy'], 'no-referrer');
});

test('D13: an unknown address is 404, also with a suffix that a cache would keep', async () => {
  for (const url of ['/api/test/nothing', '/api/test/things.css', '/wallet.css']) {
    const reply = await app.inject({ url });
    assert.equal(reply.statusCode, 404, url);
    assert.equal(reply.headers['cache-control'], 'no-store');
  }
});

test('F6: in production one address asks six hundred times a minute, then it is told when to come back', async (t) => {
  const busy = await openHouse(t, { env: { NODE_ENV: 'production', SOUK_SECRET: 'x'.repeat(40) } });
  const from = (remoteAddress: string, url = '/api/gifts/catalog') => busy.app.inject({ url, remoteAddress });
  for (let asked = 1; asked <= 600; asked += 1) assert.equal((await from('203.0.113.7', '/healthz')).statusCode, 200);
  const refused = await from('203.0.113.7');
  const { code, money_moved } = refused.json();
  assert.deepEqual([refused.statusCode, code, money_moved], [429, 'too_many_requests', false]);
  assert.ok(Number(refused.headers['retry-after']) >= 1);
  assert.equal((await from('203.0.113.8')).statusCode, 200, 'another address is served');
  assert.equal((await from('203.0.113.8', '/metrics')).statusCode, 404, 'figures are shown to the machine itself');
  assert.equal((await from('127.0.0.1', '/metrics')).statusCode, 200);
});

test('D11: a cursor that was tampered with is refused', () => {
  const cursor = encodeCursor(config, ['2026-01-01', 'x']);
  assert.deepEqual(decodeCursor(config, cursor), ['2026-01-01', 'x']);
  const other = Buffer.from(JSON.stringify(['1970-01-01', 'x'])).toString('base64url');
  for (const bad of [`${other}.${cursor.split('.')[1]}`, other, '', '.', `${cursor}x`]) {
    assert.throws(() => decodeCursor(config, bad), { code: 'cursor_invalid' });
  }
});
