import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { after, test } from 'node:test';
import { callOutside, isPublicAddress, OutsideRefused, type OutsideRequest, outsideAddress } from './outside.ts';

const NONE = { private_origins: [] };

/** Whoever comes here was let through. */
async function openCanary(answer: RequestListener) {
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

const call = (config: { private_origins: string[] }, address: string, more: Partial<OutsideRequest> = {}) =>
  callOutside(config, address, { method: 'POST', headers: {}, body: Buffer.from('x'), timeout_ms: 20_000, ...more });

test('E1: addresses of this machine, its network and its cloud are refused however they are written', () => {
  const hostile = [
    ...[
      'http://example.org/',
      'ftp://example.org/',
      'file:///etc/passwd',
      'gopher://example.org/',
      'javascript:1',
      'x',
    ],
    ...['https://127.0.0.1/', 'https://2130706433/', 'https://0x7f.1/', 'https://0177.0.0.1/', 'https://127.1/'],
    ...['https://10.0.0.1/', 'https://172.16.0.1/', 'https://192.168.1.1/', 'https://169.254.169.254/latest/'],
    ...['https://100.64.0.1/', 'https://0.0.0.0/', 'https://224.0.0.1/', 'https://255.255.255.255/'],
    ...[
      'https://[::1]/',
      'https://[::]/',
      'https://[::ffff:127.0.0.1]/',
      'https://[::ffff:7f00:1]/',
      'https://[fe80::1]/',
    ],
    ...['https://[fc00::1]/', 'https://[64:ff9b::7f00:1]/', 'https://[2002:7f00:1::]/', 'https://[2001:db8::1]/'],
    ...['https://user:word@example.org/', 'https://①②⑦.⓪.⓪.①/'],
  ];
  for (const address of hostile) assert.throws(() => outsideAddress(NONE, address), OutsideRefused, address);
  for (const address of ['https://fcm.example.org/send/x', 'https://93.184.216.34/', 'https://[2606:2800:220:1::1]/']) {
    assert.equal(outsideAddress(NONE, address).protocol, 'https:');
  }
  assert.equal(isPublicAddress('not an address'), false);
});

test('E1, C6: a name that leads inside is not called, also when it leads outside at the first look', async () => {
  const canary = await openCanary((_, response) => response.end());
  const inside = [{ address: '127.0.0.1', family: 4 }];
  const outside = [{ address: '93.184.216.34', family: 4 }];
  for (const found of [inside, [...outside, ...inside], []]) {
    let looks = 0;
    const resolve: OutsideRequest['resolve'] = (_, __, done) => {
      looks += 1;
      done(null, found);
    };
    await assert.rejects(call(NONE, `https://push.example.org:${canary.port}/`, { resolve }), OutsideRefused);
    assert.equal(looks, 1, 'what was looked at is what would have been connected to');
  }
  await assert.rejects(call(NONE, `https://localhost:${canary.port}/`));
  assert.equal(canary.hits(), 0);
});

test('C6: no redirect is followed, a body without end is not read, silence ends by itself', async () => {
  const canary = await openCanary((_, response) => response.end());
  const hostile = await openCanary((request, response) => {
    if (request.url === '/away') return response.writeHead(301, { location: canary.origin }).end();
    if (request.url === '/silent') return undefined;
    response.writeHead(503, { 'retry-after': '120' });
    const drip = setInterval(() => response.write('x'.repeat(1_000)), 5);
    response.on('close', () => clearInterval(drip));
    return undefined;
  });
  const own = { private_origins: [hostile.origin] };
  assert.equal((await call(own, `${hostile.origin}/away`)).status, 301);
  assert.deepEqual(await call(own, `${hostile.origin}/drip`), { status: 503, retry_after: '120' });
  await assert.rejects(call(own, `${hostile.origin}/silent`, { timeout_ms: 200 }), { name: 'AbortError' });
  await assert.rejects(call(NONE, `${hostile.origin}/away`), OutsideRefused);
  assert.equal(canary.hits(), 0);
});
