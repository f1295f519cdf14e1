import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signWebhook, verifyWebhook } from './standard_webhooks.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const body = '{"test": 2432232314}';
const at = new Date(1_614_265_330_000);

test('the reference vector of the Standard Webhooks specification', () => {
  const signed = signWebhook(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', at, body);
  assert.equal(signed['webhook-signature'], 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

const good = (): Headers => ({ ...signWebhook(secret, 'evt_1', at, body) });

type Headers = Record<string, string | undefined>;
const signature = good()['webhook-signature']!;

const cases: [name: string, change: Headers, sent: string, off_ms: number, valid: boolean][] = [
  ['as it was sent', {}, body, 0, true],
  ['the last moment of the window', {}, body, 300_000, true],
  ['our clock behind theirs', {}, body, -300_000, true],
  ['too old', {}, body, 301_000, false],
  ['from the future', {}, body, -301_000, false],
  ['without id', { 'webhook-id': undefined }, body, 0, false],
  ['without timestamp', { 'webhook-timestamp': undefined }, body, 0, false],
  ['without signature', { 'webhook-signature': undefined }, body, 0, false],
  ['empty signature', { 'webhook-signature': '' }, body, 0, false],
  ['signature cut short', { 'webhook-signature': signature.slice(0, 20) }, body, 0, false],
  ['another version only', { 'webhook-signature': signature.replace('v1,', 'v2,') }, body, 0, false],
  ['several, one right', { 'webhook-signature': `v1,AAAA v1a,xx ${signature}` }, body, 0, true],
  ['another id', { 'webhook-id': 'evt_2' }, body, 0, false],
  ['a timestamp that is no number', { 'webhook-timestamp': '1614265330.5' }, body, 0, false],
  ['re-serialized JSON', {}, JSON.stringify(JSON.parse(body)), 0, false],
];

for (const [name, change, sent, off_ms, valid] of cases) {
  test(`C2: ${name}: ${valid ? 'taken' : 'refused'}`, () => {
    const now = new Date(at.getTime() + off_ms);
    const result = verifyWebhook([secret], { ...good(), ...change }, Buffer.from(sent), now);
    assert.equal('id' in result, valid);
  });
}

test('C4: the old and the new secret are valid in the overlap, the old one not after it', () => {
  const fresh = 'whsec_bmV3IHNlY3JldCBvZiB0aGlzIGhvdXNl';
  assert.ok('id' in verifyWebhook([fresh, secret], good(), Buffer.from(body), at));
  assert.ok('fault' in verifyWebhook([fresh], good(), Buffer.from(body), at));
});
