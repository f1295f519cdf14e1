import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTx } from '../kernel/db.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { type Browser, openPushService } from '../test/push_receiver.ts';
import { declareNotices, type Notice, notify } from './index.ts';
import { seal, unseal } from './seal.ts';
import { sendDue } from './sending.ts';

const service = await openPushService();
const house = await openHouse(null, { env: { SOUK_PRIVATE_ORIGINS: service.origin } });
const { ctx } = house;
const PARAMS = { subject: 'Grüße, ✨ & <b>', body: 'All is well.' };
const news: Notice = {
  kind: 'test.news',
  category: 'people',
  texts: 'notices.told',
  channels: { app: 'on', push: 'on' },
  useful_ms: 3_600_000,
  example: PARAMS,
};
declareNotices(ctx, [news, { ...news, kind: 'test.urgent', urgent: true }]);

const tell = (who: TestPerson, more: object = {}, kind = 'test.news') =>
  inTx(ctx.db, (tx) => notify(tx, ctx, kind, [{ person_id: who.person_id, params: PARAMS, ...more }]));

async function subscribed(who: TestPerson): Promise<Browser> {
  const browser = service.open();
  const { response } = await who.api.PUT('/api/notices/push', { body: browser.subscription });
  assert.equal(response.status, 200);
  return browser;
}

const devicesOf = async (who: TestPerson) => (await who.api.GET('/api/notices/push')).data?.devices ?? [];

test('a notice is pushed encrypted to every browser, says little, and is signed by this instance', async () => {
  const who = await house.person();
  const [one, two] = [await subscribed(who), await subscribed(who)];
  await tell(who, { link: '/live/x' });
  await house.drain();
  for (const { shown, requests } of [one, two]) {
    const [message] = [...shown.values()];
    assert.deepEqual(Object.keys(message ?? {}).sort(), ['body', 'tag', 'title', 'url']);
    assert.deepEqual([message?.body, message?.url], [PARAMS.subject, '/live/x']);
    assert.deepEqual([requests.length, requests[0]?.ttl, requests[0]?.urgency], [1, '3600', 'normal']);
    assert.equal(requests[0]?.['content-encoding'], 'aes128gcm');
  }
});

test('what belongs together is pushed once until it is read', async () => {
  const who = await house.person();
  const browser = await subscribed(who);
  for (let n = 0; n < 3; n += 1) await tell(who, { group: 'one' });
  await house.drain();
  assert.equal(browser.requests.length, 1);
  await who.api.PUT('/api/notices/read', { body: { until: ctx.clock.now().toISOString() } });
  await tell(who, { group: 'one' });
  await house.drain();
  assert.equal(browser.shown.size, 2);
});

test('browsers that are gone are forgotten; a busy service is asked again when it said', async () => {
  const who = await house.person();
  for (const gone of [404, 410, 403]) {
    const browser = await subscribed(who);
    service.answer = gone;
    await tell(who);
    await house.drain();
    assert.equal(browser.requests.length, 1);
    assert.deepEqual(await devicesOf(who), []);
  }
  const browser = await subscribed(who);
  service.answer = 429;
  service.retry_after = '600';
  await tell(who);
  await house.drain();
  house.clock.advance(599_000);
  await sendDue(ctx);
  assert.equal(browser.requests.length, 1);
  service.answer = 500;
  service.retry_after = null;
  house.clock.advance(1_000);
  await sendDue(ctx);
  service.answer = 201;
  house.clock.advance(5 * 60_000);
  await sendDue(ctx);
  await sendDue(ctx);
  assert.deepEqual([browser.requests.length, browser.shown.size, (await devicesOf(who)).length], [3, 1, 1]);
  service.answer = 413;
  await tell(who);
  await house.drain();
  assert.equal((await devicesOf(who)).length, 1);
  service.answer = 201;
});

test('quiet hours hold push back; what is urgent comes, and what is of no use any more does not', async () => {
  const who = await house.person();
  const browser = await subscribed(who);
  house.clock.set(new Date('2026-11-05T04:30:00Z'));
  const body = { zone: 'UTC', quiet: { from: '22:00', until: '06:00' } };
  await who.api.PUT('/api/notices/settings/quiet-hours', { body });
  await tell(who);
  await tell(who, {}, 'test.urgent');
  await house.drain();
  assert.equal(browser.shown.size, 1);
  house.clock.set(new Date('2026-11-05T05:15:00Z'));
  await tell(who);
  await house.drain();
  assert.equal(browser.shown.size, 1);
  house.clock.set(new Date('2026-11-05T06:00:00Z'));
  await sendDue(ctx);
  assert.equal(browser.shown.size, 2, 'the one of 04:30 was of use for an hour');
});

test('D8: signing out ends push on this browser; a shared browser shows only the notices of who uses it', async () => {
  const [one, two] = [await house.person(), await house.person()];
  const browser = await subscribed(one);
  await two.api.PUT('/api/notices/push', { body: browser.subscription });
  assert.deepEqual([(await devicesOf(one)).length, (await devicesOf(two)).length], [0, 1]);
  await tell(one);
  await house.drain();
  assert.equal(browser.requests.length, 0);
  await tell(two);
  await two.fetch('/api/auth/sign-out', { method: 'POST' });
  await house.drain();
  assert.equal(browser.requests.length, 0);
});

test('D1: a browser is ended by its owner only; ten are kept', async () => {
  const [who, other] = [await house.person(), await house.person()];
  const first = await subscribed(who);
  const [device] = await devicesOf(who);
  assert.equal(device?.here, true);
  const path = { subscription_id: device?.subscription_id ?? '' };
  await other.api.DELETE('/api/notices/push/{subscription_id}', { params: { path } });
  assert.equal((await devicesOf(who)).length, 1);
  house.clock.advance(1_000);
  for (let n = 0; n < 10; n += 1) await subscribed(who);
  assert.equal((await devicesOf(who)).length, 10);
  await tell(who);
  await house.drain();
  assert.equal(first.requests.length, 0, 'the oldest made room');
});

test('E1: a push address inside the network is refused, and keys must be keys', async () => {
  const who = await house.person();
  const { keys } = service.open().subscription;
  for (const endpoint of ['https://127.0.0.1/x', 'http://push.example.org/x', 'https://169.254.169.254/', 'nonsense']) {
    const { error } = await who.api.PUT('/api/notices/push', { body: { endpoint, keys } });
    assert.equal((error as { code?: string } | undefined)?.code, 'push_endpoint_refused', endpoint);
  }
  const endpoint = `${service.origin}/push/none`;
  const wrong = { ...keys, auth: 'short' };
  assert.equal((await who.api.PUT('/api/notices/push', { body: { endpoint, keys: wrong } })).response.status, 400);
  // No point of the curve: found out when the first message is encrypted.
  const p256dh = Buffer.alloc(65, 4).toString('base64url');
  await who.api.PUT('/api/notices/push', { body: { endpoint, keys: { ...keys, p256dh } } });
  await tell(who);
  await house.drain();
  assert.deepEqual(await devicesOf(who), []);
});

test('the keys of the instance stay; what is sealed opens with its own secret only', async () => {
  const who = await house.person();
  const key = async () => (await who.api.GET('/api/notices/push')).data?.public_key;
  assert.equal(await key(), await key());
  const { rows } = await ctx.db.pool.query<{ private_key_sealed: string }>('select private_key_sealed from push_keys');
  assert.equal(Buffer.from(unseal(ctx.config.secret, rows[0]?.private_key_sealed ?? '') ?? '', 'base64url').length, 32);
  assert.equal(unseal('another secret', seal('a secret', 'words')), null);
  assert.equal(unseal('a secret', seal('a secret', 'words')), 'words');
});
