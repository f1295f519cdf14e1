import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTx } from '../kernel/db.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { openMailServer } from '../test/mail_server.ts';
import { readReport } from './bounces.ts';
import { declareNotices, type Notice, notify } from './index.ts';
import { sendDue } from './sending.ts';

const SECRET = 'a long secret of the mail server';
const server = await openMailServer();
const house = await openHouse(null, { env: { SOUK_BOUNCE_SECRET: SECRET, SOUK_MAIL_URL: server.url } });
const { ctx } = house;
const PARAMS = { subject: 'News', body: 'All is well.' };
const news: Notice = {
  kind: 'test.news',
  category: 'people',
  texts: 'notices.told',
  channels: { app: 'on', mail: 'on' },
  example: PARAMS,
};
const law: Notice = { ...news, kind: 'test.law', channels: { mail: 'always' }, why: 'decision' };
declareNotices(ctx, [news, law]);

const tell = async (who: TestPerson, kind = 'test.news') => {
  await inTx(ctx.db, (tx) => notify(tx, ctx, kind, [{ person_id: who.person_id, params: PARAMS }]));
  await house.drain();
};
const mailsTo = (who: TestPerson) => server.mails.filter(({ to }) => to === `${who.handle}@example.test`);
const statusOf = async (who: TestPerson) => (await who.api.GET('/api/notices/settings')).data?.mail.suppressed?.reason;

const report = (body: unknown, authorization = `Bearer ${SECRET}`, type = 'application/json') =>
  fetch(`${house.url}/api/notices/bounces`, {
    method: 'POST',
    headers: { 'content-type': type, ...(authorization && { authorization }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const one = (who: TestPerson, kind: string, id: string) => ({
  reports: [{ address: `${who.handle}@Example.test`, kind, id }],
});

test('a mail leaves by SMTP with its id, and says how to end its kind', async () => {
  const who = await house.person();
  await tell(who);
  const [mail] = mailsTo(who);
  assert.match(mail?.data ?? '', /^Message-ID: <[0-9a-f-]{36}@localhost>/im);
  assert.match(
    mail?.data ?? '',
    /^List-Unsubscribe: ?(\r\n )?<http:\/\/localhost[^>]*\/api\/notices\/unsubscribe\?token=/im,
  );
  assert.match(mail?.data ?? '', /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/im);
  assert.match(mail?.data ?? '', /^Auto-Submitted: auto-generated\r$/im);
});

test('G9: a mail server that is away for an hour loses nothing: each mail comes once', async () => {
  const who = await house.person();
  server.answer = (command) => (command === 'DATA' ? '451 try again later' : null);
  await tell(who);
  await tell(who, 'test.law');
  for (let tries = 0; tries < 4; tries += 1) {
    house.clock.advance(15 * 60_000);
    await sendDue(ctx);
  }
  assert.equal(mailsTo(who).length, 0);
  server.answer = () => null;
  house.clock.advance(3 * 3_600_000);
  await sendDue(ctx);
  await sendDue(ctx);
  assert.equal(mailsTo(who).length, 2);
  assert.equal(await statusOf(who), undefined);
});

test('an address that the mail server refuses for ever gets no more mail, until its owner asks for it', async () => {
  const who = await house.person();
  server.answer = (command) => (command.startsWith('RCPT') ? '550 5.1.1 no such mailbox' : null);
  await tell(who);
  server.answer = () => null;
  await tell(who);
  await tell(who, 'test.law');
  assert.equal(mailsTo(who).length, 0);
  assert.equal(await statusOf(who), 'hard');
  const again = await who.api.DELETE('/api/notices/settings/suppression');
  assert.equal(again.data?.mail.suppressed, null);
  await tell(who);
  assert.equal(mailsTo(who).length, 1);
});

test('reports: a hard bounce ends mail; soft ones count, each once; a complaint leaves what must be sent', async () => {
  const [hard, soft, annoyed] = [await house.person(), await house.person(), await house.person()];
  assert.deepEqual(await (await report(one(hard, 'hard', 'a'))).json(), { taken: 1 });
  assert.deepEqual(await (await report(one(hard, 'hard', 'a'))).json(), { taken: 0 }, 'C1: the same report twice');
  for (const id of ['1', '1', '1', '1', '1', '2', '3', '4']) await report(one(soft, 'soft', id));
  assert.deepEqual([await statusOf(hard), await statusOf(soft)], ['hard', undefined]);
  await report(one(soft, 'soft', '5'));
  assert.equal(await statusOf(soft), 'soft');
  await report(one(annoyed, 'complaint', 'c'));
  for (const who of [hard, soft, annoyed]) await tell(who);
  for (const who of [hard, soft, annoyed]) await tell(who, 'test.law');
  assert.deepEqual(
    [hard, soft, annoyed].map((who) => mailsTo(who).length),
    [0, 0, 1],
  );
});

test('C2: reports without the secret, with another, too large or of another shape change nothing', async () => {
  const who = await house.person();
  const body = one(who, 'hard', 'x');
  for (const wrong of ['', 'Bearer', 'Bearer wrong', SECRET, `bearer ${SECRET}`, `Bearer ${SECRET} `.concat('x')]) {
    assert.equal((await report(body, wrong)).status, 403, wrong);
  }
  assert.equal((await report('{"reports":', '')).status, 403, 'nothing is parsed before the secret is known');
  assert.equal((await report('{"reports":')).status, 400);
  assert.equal((await report({ reports: [{ address: 'a@b', kind: 'other' }] })).status, 400);
  assert.equal((await report('x'.repeat(300_000), undefined, 'message/rfc822')).status, 413);
  assert.equal((await report('x', undefined, 'text/plain')).status, 415);
  assert.equal(await statusOf(who), undefined);
});

const DSN = (address: string, action: string, status: string) => `From: MAILER-DAEMON@mx.example.test
Subject: Undelivered Mail
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.test

Final-Recipient: rfc822; ${address}
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; ${status} said the server

--b--
`;

test('a mail server pipes what came back: RFC 3464 and RFC 5965', async () => {
  const who = await house.person();
  const dsn = DSN(`${who.handle}@example.test`, 'failed', '5.1.1').replaceAll('\n', '\r\n');
  assert.deepEqual(await (await report(dsn, undefined, 'message/rfc822')).json(), { taken: 1 });
  assert.deepEqual(await (await report(dsn, undefined, 'message/rfc822')).json(), { taken: 0 });
  assert.equal(await statusOf(who), 'hard');
  const kinds = (text: string) => readReport(text).map(({ kind, address }) => `${kind} ${address}`);
  assert.deepEqual(kinds(DSN('a@b.test', 'delayed', '4.4.1')), ['soft a@b.test']);
  assert.deepEqual(kinds(DSN('a@b.test', 'failed', '5.2.2')), ['soft a@b.test']);
  assert.deepEqual(kinds(DSN('a@b.test', 'delivered', '2.0.0')), []);
  assert.deepEqual(kinds('Feedback-Type: abuse\nOriginal-Rcpt-To: <a@b.test>'), ['complaint a@b.test']);
  const started = performance.now();
  assert.deepEqual(kinds(`Final-Recipient: ${'<'.repeat(190_000)}`), []);
  assert.ok(performance.now() - started < 5_000, 'D15: a hostile report takes no time');
});
