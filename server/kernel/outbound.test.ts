import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { after, test } from 'node:test';
import { fetchOutbound, OutboundFailed, type Wish } from './outbound.ts';
import { OutsideRefused } from './outside.ts';

const WISH: Wish = { max_bytes: 1_000, timeout_ms: 20_000, types: /^text\/plain$/ };

async function open(answer: RequestListener) {
  let hits = 0;
  const server = createServer((request, response) => {
    hits += 1;
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return { origin: `http://127.0.0.1:${port}`, port, hits: () => hits };
}

const canary = await open((_, response) => response.end('in'));
const plain = { 'content-type': 'text/plain; charset=utf-8' };
const there = await open((request, response) => {
  const path = request.url ?? '';
  if (path === '/text') return response.writeHead(200, plain).end('hello');
  if (path === '/hop') return response.writeHead(302, { location: '/text' }).end();
  if (path === '/loop') return response.writeHead(302, { location: '/loop' }).end();
  if (path.startsWith('/to/')) return response.writeHead(302, { location: decodeURIComponent(path.slice(4)) }).end();
  if (path === '/html') return response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
  if (path === '/untyped') return response.writeHead(200).end('x');
  if (path === '/packed') return response.writeHead(200, { ...plain, 'content-encoding': 'gzip' }).end('x');
  if (path === '/long') return response.writeHead(200, { ...plain, 'content-length': '5000' }).end('x'.repeat(5_000));
  if (path === '/silent') return undefined;
  if (path === '/headers') return response.writeHead(200, plain).end(JSON.stringify(request.headers));
  if (path !== '/endless') return response.writeHead(404, plain).end();
  response.writeHead(200, plain);
  const drip = setInterval(() => response.write('x'.repeat(200)), 2);
  response.on('close', () => clearInterval(drip));
  return undefined;
});
const allowed = { stand_ins: [there.origin] };
const get = (path: string, more: Partial<Wish> = {}) =>
  fetchOutbound(allowed, path.startsWith('http') ? path : there.origin + path, { ...WISH, ...more });
const failed = (why: OutboundFailed['why']) => (error: unknown) => error instanceof OutboundFailed && error.why === why;

test('reads what is there, over redirects, and says where it was in the end', async () => {
  assert.equal((await get('/text')).body.toString(), 'hello');
  const hopped = await get('/hop');
  assert.deepEqual([hopped.url, hopped.type], [`${there.origin}/text`, 'text/plain']);
  const headers = JSON.parse((await get('/headers')).body.toString());
  assert.deepEqual(Object.keys(headers).sort(), ['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
});

test('E1: every hop is looked at: no redirect leads inside, however it is written', async () => {
  const inside = [
    'http://127.0.0.1:1',
    'https://127.0.0.1',
    'https://2130706433',
    'https://0177.0.0.1',
    'https://[::1]',
  ];
  const more = ['https://[::ffff:7f00:1]', 'https://169.254.169.254/latest', 'https://10.0.0.1', 'file:///etc/passwd'];
  const odd = [
    'gopher://127.0.0.1',
    'ftp://example.org',
    'https://user:word@example.org',
    'https://0x7f.1',
    canary.origin,
  ];
  for (const address of [...inside, ...more, ...odd]) {
    await assert.rejects(get(`/to/${encodeURIComponent(address)}`), OutsideRefused, address);
    await assert.rejects(fetchOutbound({ stand_ins: [] }, address, WISH), OutsideRefused, address);
  }
  assert.equal(canary.hits(), 0);
});

test('E1: a name is looked up once, and what was judged is what is connected to', async () => {
  for (const found of [['127.0.0.1'], ['93.184.216.34', '10.0.0.1'], ['::ffff:7f00:1'], []]) {
    let looks = 0;
    const resolve: Wish['resolve'] = (_, __, done) => {
      looks += 1;
      done(
        null,
        found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    };
    await assert.rejects(get(`https://play.example.org:${canary.port}/`, { resolve }), OutsideRefused);
    assert.equal(looks, 1);
  }
  assert.equal(canary.hits(), 0);
});

test('E1: bytes, time, redirects, types and packing are bounded', async () => {
  await assert.rejects(get('/long'), failed('too_large'));
  await assert.rejects(get('/endless'), failed('too_large'));
  await assert.rejects(get('/silent', { timeout_ms: 200 }), failed('unreachable'));
  await assert.rejects(get('/endless', { timeout_ms: 300, max_bytes: 10 ** 9 }), failed('unreachable'));
  await assert.rejects(get('/loop'), failed('too_many_redirects'));
  await assert.rejects(get('/hop', { redirects: 0 }), failed('too_many_redirects'));
  await assert.rejects(get('/html'), failed('type'));
  await assert.rejects(get('/untyped'), failed('type'));
  await assert.rejects(get('/packed'), failed('packed'));
  await assert.rejects(get('/nothing'), failed('status'));
  await assert.rejects(get(`/to/${encodeURIComponent('http://')}`), failed('status'));
});
