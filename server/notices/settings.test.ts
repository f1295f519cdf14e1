import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTx } from '../kernel/db.ts';
import { toWire } from '../kernel/ids.ts';
import { eraseSelf } from '../people/erasure.ts';
import { mintSession } from '../people/index.ts';
import { clientOf, openHouse, type TestPerson } from '../test/harness.ts';
import { declareNotices, type Notice, notify } from './index.ts';
import { forgetOld } from './jobs.ts';
import { sendDue } from './sending.ts';

const house = await openHouse(null);
const { ctx } = house;
const HOUR_MS = 3_600_000;
const PARAMS = { subject: 'News', body: 'All is well.' };

const base: Notice = {
  kind: 'test.news',
  category: 'people',
  texts: 'notices.told',
  channels: { app: 'on', mail: 'on' },
  example: PARAMS,
};
const law: Notice = { ...base, kind: 'test.law', channels: { app: 'always', mail: 'always' }, why: 'decision' };
const urgent: Notice = { ...base, kind: 'test.urgent', urgent: true };
const short: Notice = { ...base, kind: 'test.short', useful_ms: HOUR_MS };
declareNotices(ctx, [base, law, urgent, short]);

const tell = (who: TestPerson, kind = 'test.news', more: object = {}) =>
  inTx(ctx.db, (tx) => notify(tx, ctx, kind, [{ person_id: who.person_id, params: PARAMS, ...more }]));

async function mailsTo(who: TestPerson) {
  const sql = 'select subject, body_text, unsubscribe_url from mailbox where recipient = $1 order by sent_at, mail_id';
  const { rows } = await ctx.db.pool.query<{ subject: string; body_text: string; unsubscribe_url: string | null }>(
    sql,
    [`${who.handle}@example.test`],
  );
  return rows;
}

/** The same person with a session of now. */
const again = async (who: TestPerson): Promise<TestPerson> =>
  clientOf(house.url, { ...who, cookie: await mintSession(ctx, who.person_id) });

const linesOf = async (who: TestPerson) => (await who.api.GET('/api/notices')).data?.items ?? [];
const choose = (who: TestPerson, kind: string, channel: 'app' | 'mail' | 'push', wanted: boolean) =>
  who.api.PUT('/api/notices/settings/choices', { body: { choices: [{ kind, channel, wanted }] } });

test('each notice is chosen on each way; what cannot be switched off says why', async () => {
  const who = await house.person();
  assert.equal((await choose(who, 'test.news', 'mail', false)).response.status, 200);
  await tell(who);
  await house.drain();
  assert.deepEqual([(await linesOf(who)).length, (await mailsTo(who)).length], [1, 0]);
  await choose(who, 'test.news', 'app', false);
  await tell(who);
  await house.drain();
  assert.deepEqual([(await linesOf(who)).length, (await mailsTo(who)).length], [1, 0]);
  const { error } = await choose(who, 'test.law', 'mail', false);
  assert.equal((error as { code?: string } | undefined)?.code, 'notice_mandatory');
  assert.equal((await choose(who, 'test.law', 'push', true)).response.status, 404);
  assert.equal((await choose(who, 'test.nothing', 'mail', true)).response.status, 404);
  const query = { locale: 'de' } as const;
  const { data } = await who.api.GET('/api/notices/settings', { params: { query } });
  const shown = data?.notices.find(({ kind }) => kind === 'test.law');
  assert.match(shown?.why ?? '', /Das Gesetz verlangt/);
  assert.deepEqual(shown?.channels[1], { channel: 'mail', on: true, mandatory: true });
  assert.equal(data?.notices.find(({ kind }) => kind === 'test.news')?.channels[0]?.on, false);
});

test('what was switched off after it was told, but before it was sent, is not sent', async () => {
  const who = await house.person();
  await tell(who);
  await choose(who, 'test.news', 'mail', false);
  await house.drain();
  assert.equal((await mailsTo(who)).length, 0);
});

test('D10: an address that nobody has confirmed gets what must be sent and nothing else', async () => {
  const who = await house.person({ email_verified: false });
  await tell(who);
  await tell(who, 'test.law');
  await house.drain();
  assert.deepEqual([(await mailsTo(who)).length, (await linesOf(who)).length], [1, 2]);
});

test('quiet hours: mail that can wait comes at their end, once; what must be and what is urgent comes at once', async () => {
  const who = await house.person({ handle: 'sleeper' });
  house.clock.set(new Date('2026-11-03T22:30:00Z'));
  const body = { zone: 'Europe/Berlin', quiet: { from: '22:00', until: '07:00' } };
  const { data } = await who.api.PUT('/api/notices/settings/quiet-hours', { body });
  assert.deepEqual([data?.zone, data?.quiet], ['Europe/Berlin', { from: '22:00', until: '07:00' }]);
  for (const kind of ['test.news', 'test.law', 'test.urgent', 'test.short']) await tell(who, kind);
  await house.drain();
  assert.equal((await mailsTo(who)).length, 2);
  assert.equal((await linesOf(who)).length, 4, 'the inbox disturbs nobody');
  house.clock.set(new Date('2026-11-04T05:59:59Z'));
  assert.equal(await sendDue(ctx), 0);
  house.clock.set(new Date('2026-11-04T06:00:00Z'));
  await Promise.all([sendDue(ctx), sendDue(ctx)]);
  await sendDue(ctx);
  assert.equal((await mailsTo(who)).length, 3, 'what was of use for an hour only is dropped');
  const off = await who.api.PUT('/api/notices/settings/quiet-hours', { body: { zone: 'Europe/Berlin', quiet: null } });
  assert.equal(off.data?.quiet, null);
  const nowhere = { zone: 'Europe/Atlantis', quiet: null };
  assert.equal((await who.api.PUT('/api/notices/settings/quiet-hours', { body: nowhere })).response.status, 400);
});

test('RFC 8058: one click ends mails of one kind, signed out; looking at the link ends nothing; mandatory mail has none', async () => {
  const who = await house.person();
  await tell(who);
  await tell(who, 'test.law');
  await house.drain();
  const [news, decision] = await mailsTo(who);
  assert.equal(decision?.unsubscribe_url, null);
  assert.match(decision?.body_text ?? '', /cannot be switched off: the law/);
  const link = (news?.unsubscribe_url ?? '').replace(ctx.config.public_url, house.url);
  assert.ok(news?.body_text.includes(news.unsubscribe_url ?? '?'));
  const looked = await fetch(link, { redirect: 'manual' });
  assert.equal(looked.status, 303);
  assert.match(looked.headers.get('location') ?? '', /\/unsubscribe#/);
  await tell(who);
  await house.drain();
  assert.equal((await mailsTo(who)).length, 3);
  const click = (address: string) =>
    fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
  assert.deepEqual([(await click(link)).status, (await click(link)).status], [200, 200]);
  await tell(who);
  await tell(who, 'test.urgent');
  await house.drain();
  assert.equal((await mailsTo(who)).length, 4, 'this kind is over, another is not');
  for (const wrong of [
    `${link}x`,
    link.replace('token=', 'token=A'),
    `${house.url}/api/notices/unsubscribe?token=a.b`,
  ]) {
    assert.equal((await click(wrong)).status, 400);
  }
});

test('nobody hears of whom they share a block with, nor of themselves, in no way', async () => {
  const [who, other] = [await house.person(), await house.person()];
  await tell(who, 'test.news', { actor_id: who.person_id });
  await tell(who, 'test.news', { actor_id: other.person_id });
  await other.api.PUT('/api/people/{person_id}/block', {
    params: { path: { person_id: toWire('person', who.person_id) } },
  });
  await tell(who, 'test.news', { actor_id: other.person_id });
  await house.drain();
  assert.equal((await mailsTo(who)).length, 0, 'the block came before the mail had left');
  const lines = await linesOf(who);
  assert.deepEqual([lines.length, lines[0]?.count, lines[0]?.actors], [1, 1, []]);
});

test('what belongs together is one line until it is read, mailed once, and pages hold everything once', async () => {
  const who = await house.person();
  const fans = await Promise.all(Array.from({ length: 4 }, () => house.person()));
  const path = { person_id: toWire('person', who.person_id) };
  for (const fan of fans.slice(0, 3)) await fan.api.PUT('/api/people/{person_id}/follow', { params: { path } });
  await house.drain();
  const [line] = await linesOf(who);
  assert.deepEqual([line?.count, line?.actors.length, line?.read], [3, 3, false]);
  assert.match(line?.line ?? '', /and 2 others follow you now/);
  const unread = async () => (await who.api.GET('/api/notices/unread')).data?.count;
  assert.equal(await unread(), 1);
  const body = { notice_ids: [line?.notice_id ?? ''] };
  assert.equal((await who.api.PUT('/api/notices/read', { body })).data?.count, 0);
  assert.equal((await fans[0]?.api.PUT('/api/notices/read', { body }))?.response.status, 200);
  house.clock.advance(1_000);
  await fans[3]?.api.PUT('/api/people/{person_id}/follow', { params: { path } });
  for (let n = 0; n < 5; n += 1) await tell(who);
  await house.drain();
  assert.equal((await mailsTo(who)).length, 5);
  assert.equal(await unread(), 6);
  const seen: string[] = [];
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const { data } = await who.api.GET('/api/notices', { params: { query: { limit: 2, ...(after && { after }) } } });
    seen.push(...(data?.items ?? []).map(({ notice_id }) => notice_id));
    after = data?.next ?? undefined;
  }
  assert.deepEqual([seen.length, new Set(seen).size], [7, 7]);
  await who.api.PUT('/api/notices/read', { body: { until: ctx.clock.now().toISOString() } });
  assert.equal(await unread(), 0);
});

test('D12: a name with line breaks makes no header and no second line', async () => {
  const [who, other] = [await house.person(), await house.person({ name: 'Eve\r\nBcc: all@example.test' })];
  await choose(who, 'people.followed', 'mail', true);
  const path = { person_id: toWire('person', who.person_id) };
  await other.api.PUT('/api/people/{person_id}/follow', { params: { path } });
  await house.drain();
  const [mail] = await mailsTo(who);
  assert.equal(mail?.subject, 'Eve Bcc: all@example.test follows you now');
});

test('G12: who deletes their account leaves no notice, no choice and no address behind, and is named nowhere', async () => {
  const [who, other] = [await house.person({ name: 'Ada Gone' }), await house.person()];
  await choose(who, 'test.news', 'mail', false);
  await tell(who);
  await tell(other, 'test.news', { actor_id: who.person_id });
  await ctx.db.pool.query(
    `insert into mail_suppressions (address, reason, detail, since_at) values ($1, 'hard', '', $2)`,
    [`${who.handle}@example.test`, ctx.clock.now()],
  );
  const me = await ctx.authenticate(who.cookie);
  assert.ok(me);
  await eraseSelf(ctx, me);
  await house.drain();
  for (const table of ['notices', 'notice_items', 'notice_choices', 'notice_settings', 'push_subscriptions']) {
    const { rowCount } = await ctx.db.pool.query(`select from ${table} where person_id = $1`, [who.person_id]);
    assert.equal(rowCount, 0, table);
  }
  const { rowCount } = await ctx.db.pool.query('select from mail_suppressions where address = $1', [
    `${who.handle}@example.test`,
  ]);
  assert.equal(rowCount, 0);
  assert.deepEqual((await linesOf(other))[0]?.actors, []);
});

test('notices of more than a year ago are forgotten, newer ones stay', async () => {
  const who = await house.person();
  await tell(who);
  house.clock.advance(366 * 24 * HOUR_MS);
  await tell(who);
  await forgetOld(ctx);
  await forgetOld(ctx);
  const [line, ...more] = await linesOf(await again(who));
  assert.deepEqual([line?.count, more.length], [1, 0]);
});
