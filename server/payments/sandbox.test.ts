import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { NoAnswer } from './provider.ts';
import { createSandbox } from './sandbox.ts';
import type { SandboxEvent } from './sandbox_book.ts';
import { type SandboxCard, sandboxToken } from './sandbox_cards.ts';
import { verifyWebhook } from './standard_webhooks.ts';

const folder = mkdtempSync(join(tmpdir(), 'souk-sandbox-'));
const sandbox = createSandbox(folder, () => new Date());
test.after(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

let n = 0;
const charge = (card: SandboxCard, reference = `ref-${++n}`) =>
  sandbox.charge({ reference, purpose: 'order', amount: 1999n, currency: 'EUR', method_token: sandboxToken(card) });

test('a good card is captured, with the fee named', async () => {
  const answer = await charge('ok');
  assert.equal(answer.status, 'captured');
  assert.equal(answer.fee, 54n);
});

test('the same reference is charged once, however often it is sent', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => charge('ok', 'same')));
  assert.equal(new Set(all.map((answer) => answer.version)).size, 1);
  const refunds = await sandbox.refund({ reference: 'back', charge_reference: 'same', amount: 1999n });
  assert.equal(refunds.status, 'succeeded');
  const more = await sandbox.refund({ reference: 'more', charge_reference: 'same', amount: 1n });
  assert.equal(more.status, 'failed', 'one charge of 19.99 cannot give back more');
});

test('I4: servers that start at once on one folder share one provider: each knows what the others charged', async () => {
  const shared = mkdtempSync(join(tmpdir(), 'souk-sandbox-'));
  const desks = Array.from({ length: 4 }, () => createSandbox(shared, () => new Date()));
  try {
    const ask = { purpose: 'order', amount: 1999n, currency: 'EUR', method_token: sandboxToken('ok') };
    await Promise.all(desks.map((desk, i) => desk.charge({ ...ask, reference: `desk-${i}` })));
    for (const desk of desks) {
      const found = await Promise.all(desks.map((_, i) => desk.findCharge(`desk-${i}`)));
      assert.deepEqual(
        found.map((charge) => charge?.status),
        desks.map(() => 'captured'),
      );
    }
  } finally {
    await desks[0]?.stop();
    rmSync(shared, { recursive: true, force: true });
  }
});

test('declines name their reason', async () => {
  assert.equal((await charge('declined')).decline_code, 'card_declined');
  assert.equal((await charge('insufficient_funds')).decline_code, 'insufficient_funds');
});

test('the bank step is a state, and the page says that the money is a demo', async () => {
  const answer = await charge('bank_step', 'step');
  assert.equal(answer.status, 'requires_action');
  const page = await sandbox.bankPage('GET', answer.action_url!, '', 'de');
  assert.match(page.text, /Bestätigen \(Demogeld\)/);
  assert.match(page.text, /19,99/);
  await sandbox.bankPage('POST', answer.action_url!, 'answer=approve', 'en');
  assert.equal((await sandbox.findCharge('step'))?.status, 'captured');
});

test('A14: a card that charges and answers 500 gives no answer, and the charge is found by our reference', async () => {
  await assert.rejects(charge('charged_500', 'broken'), NoAnswer);
  assert.equal((await sandbox.findCharge('broken'))?.status, 'captured');
});

test('a closed reference is never charged afterwards', async () => {
  assert.equal((await sandbox.cancelCharge('late')).status, 'cancelled');
  assert.equal((await charge('ok', 'late')).status, 'cancelled');
});

test('it survives kill -9 with all that it answered', async () => {
  await charge('ok', 'durable');
  process.kill(await sandbox.pid(), 'SIGKILL');
  await wait(50);
  assert.equal((await sandbox.findCharge('durable'))?.status, 'captured');
});

test('it outlives its shop and is found again', async () => {
  const again = createSandbox(folder, () => new Date());
  assert.equal(await again.pid(), await sandbox.pid());
});

test('webhooks: signed, the noisy card’s twice and in the wrong order, repeated until they are taken', async () => {
  const secret = 'whsec_c2VjcmV0IG9mIGEgdGVzdA==';
  const seen: SandboxEvent[] = [];
  let refuse = true;
  const shop = createServer(async (req, res) => {
    const body = Buffer.concat(await req.toArray());
    assert.ok('id' in verifyWebhook([secret], req.headers, body, new Date()));
    if (!refuse) seen.push(JSON.parse(body.toString()));
    res.writeHead(refuse ? 500 : 204).end();
    refuse = false;
  }).listen(0, '127.0.0.1');
  await new Promise((ready) => shop.once('listening', ready));
  await sandbox.settings({ hold: true });
  await sandbox.listen({ url: `http://127.0.0.1:${(shop.address() as AddressInfo).port}/`, secret });
  await charge('noisy', 'noise');
  await sandbox.settings({ hold: false });
  const mine = () => seen.filter((event) => event.charge?.reference === 'noise');
  for (let tries = 0; mine().length < 4 && tries < 100; tries++) await wait(50);
  assert.deepEqual(
    mine()
      .map((event) => event.charge?.version)
      .sort(),
    [1, 1, 2, 2],
  );
  shop.closeAllConnections();
  shop.close();
});
