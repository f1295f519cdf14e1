/**
 * A push service and the browsers behind it (RFC 8030): takes what is sent, checks who sent it (RFC 8292), decrypts it
 * with the browser's keys (RFC 8291, by this file's own reckoning) and shows one message for each tag.
 */
import assert from 'node:assert/strict';
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { after } from 'node:test';

export interface Shown {
  title: string;
  body: string;
  url: string;
  tag: string;
}

export interface Browser {
  /** What the browser hands to the page, which hands it to us. */
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
  /** By tag. */
  shown: Map<string, Shown>;
  /** How many requests came for it. */
  requests: IncomingHttpHeaders[];
}

export interface PushService {
  origin: string;
  open(): Browser;
  /** What it answers from now on: a status, or `cut` to take a message and hang up. */
  answer: number | 'cut';
  retry_after: string | null;
}

export async function openPushService(): Promise<PushService> {
  const browsers = new Map<string, { browser: Browser; keys: ReceiverKeys }>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const at = browsers.get(request.url ?? '');
      at?.browser.requests.push(request.headers);
      const takes = service.answer === 'cut' || service.answer < 300;
      if (at && takes) {
        assertVapid(request.headers.authorization ?? '', service.origin);
        const message = JSON.parse(decrypt(Buffer.concat(parts), at.keys)) as Shown;
        at.browser.shown.set(message.tag, message);
      }
      if (service.answer === 'cut') return request.socket.destroy();
      if (service.retry_after !== null) response.setHeader('retry-after', service.retry_after);
      return response.writeHead(at ? service.answer : 404).end();
    });
  });
  const service: PushService = {
    origin: '',
    answer: 201,
    retry_after: null,
    open() {
      const path = `/push/${randomBytes(16).toString('base64url')}`;
      const curve = createECDH('prime256v1');
      curve.generateKeys();
      const auth = randomBytes(16);
      const browser: Browser = {
        subscription: {
          endpoint: `${service.origin}${path}`,
          keys: { p256dh: curve.getPublicKey('base64url'), auth: auth.toString('base64url') },
        },
        shown: new Map(),
        requests: [],
      };
      browsers.set(path, { browser, keys: { curve, auth } });
      return browser;
    },
  };
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  service.origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  return service;
}

interface ReceiverKeys {
  curve: ReturnType<typeof createECDH>;
  auth: Buffer;
}

const derive = (key: Buffer, salt: Buffer, info: Buffer, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, info, length));

function decrypt(body: Buffer, { curve, auth }: ReceiverKeys): string {
  const salt = body.subarray(0, 16);
  const sender = body.subarray(21, 21 + (body[20] as number));
  const sealed = body.subarray(21 + sender.length);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), curve.getPublicKey(), sender]);
  const key = derive(curve.computeSecret(sender), auth, info, 32);
  const content_key = derive(key, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(key, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const opener = createDecipheriv('aes-128-gcm', content_key, nonce);
  opener.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([opener.update(sealed.subarray(0, -16)), opener.final()]);
  // The last record ends with 0x02 and padding.
  return plain.subarray(0, plain.lastIndexOf(2)).toString();
}

/** `vapid t=<JWT>, k=<key>`: signed by the key, for this service, and not for long. */
function assertVapid(header: string, origin: string): void {
  const [, jwt = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(header) ?? [];
  const [head = '', claims = '', signature = ''] = jwt.split('.');
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const public_key = createPublicKey({
    key: { kty: 'EC', crv: 'P-256', x: x as string, y: y as string },
    format: 'jwk',
  });
  const given = { key: public_key, dsaEncoding: 'ieee-p1363' } as const;
  assert.ok(verify('sha256', Buffer.from(`${head}.${claims}`), given, Buffer.from(signature, 'base64url')));
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  assert.equal(aud, origin);
  assert.ok(exp * 1_000 - Date.now() <= 86_400_000, 'at most a day (RFC 8292 §2)');
  assert.match(sub, /^(mailto|https):/);
}
