import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suspend } from '../access/index.ts';
import { inTx } from '../kernel/db.ts';
import { mintId, toWire } from '../kernel/ids.ts';
import { ask, buyCoins, coinsOf } from '../test/coins.ts';
import { openHouse } from '../test/harness.ts';

const house = await openHouse(test);
const EUR = (amount: number) => ({ amount: String(amount), currency: 'EUR' });
type Person = Awaited<ReturnType<typeof house.person>>;

const wire = (person: Person) => toWire('person', person.person_id);
const rose = (to: Person, count = 1) => ({ gift: 'rose', count, receiver_id: wire(to) });
const give = (from: Person, body: object, key?: string) => ask(from, 'POST', '/gifts', body, key);

async function giver(coins = 100n): Promise<Person> {
  const person = await house.person();
  await buyCoins(person, coins);
  return person;
}

test('a Rose from person to person: acknowledged with the balance, and with a receipt', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  const { status, body } = await give(ada, rose(bob, 3));
  assert.equal(status, 201);
  assert.deepEqual([body.coins, body.balance, body.count, body.room_id], ['3', '97', 3, null]);
  const receipt = (await ask(bob, 'GET', `/gifts/${body.gift_id}`)).body;
  assert.deepEqual([receipt.state, receipt.coins, receipt.share.platform_bps], ['sent', '3', 5000]);
  assert.deepEqual(
    receipt.transfers.map((line: { debit: string; credit: string }) => `${line.debit} → ${line.credit}`),
    ['coins → gift_coins'],
  );
  assert.equal((await ask(await house.person(), 'GET', `/gifts/${body.gift_id}`)).status, 404);
});

test('a gift for a subject is a gift to whoever is behind it', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  const subject = { kind: 'person', id: wire(bob) };
  const { status, body } = await give(ada, { gift: 'rose', count: 1, subject });
  assert.deepEqual([status, body.receiver_id], [201, wire(bob)]);
});

test('MISSION 18: 1.00 EUR is 0.16 VAT, 0.42 creator, 0.42 platform', async () => {
  const [ada, bob] = [await giver(71n), await house.person()];
  const { body } = await give(ada, rose(bob, 71));
  const { splits } = (await ask(ada, 'GET', `/gifts/${body.gift_id}`)).body;
  assert.deepEqual(splits, [{ total: EUR(99), vat: EUR(16), creator: EUR(42), platform: EUR(41) }]);
});

test('A1: one key, fifty times at once: one gift, one debit, all replies alike', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  const key = mintId();
  const replies = await Promise.all(Array.from({ length: 50 }, () => give(ada, rose(bob), key)));
  assert.equal(new Set(replies.map((reply) => JSON.stringify([reply.status, reply.body]))).size, 1);
  assert.equal(await coinsOf(ada), 99n);
});

test('A2: the same key with another gift is refused and moves nothing', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  const key = mintId();
  await give(ada, rose(bob), key);
  const other = await give(ada, rose(bob, 2), key);
  assert.deepEqual([other.status, other.body.code, other.body.money_moved], [422, 'key_reused', false]);
  assert.equal(await coinsOf(ada), 99n);
});

test('A3: one key of two people is two gifts, and neither sees the other reply', async () => {
  const [ada, eve, bob] = [await giver(), await giver(), await house.person()];
  const key = mintId();
  const [one, two] = await Promise.all([give(ada, rose(bob), key), give(eve, rose(bob, 2), key)]);
  assert.notEqual(one.body.gift_id, two.body.gift_id);
  assert.deepEqual([one.body.balance, two.body.balance], ['99', '98']);
});

test('A4: two keys, balance for one: one 201, one 402', async () => {
  const [ada, bob] = [await giver(100n), await house.person()];
  const diamond = { gift: 'diamond', count: 1, receiver_id: wire(bob), confirmed: true };
  const replies = await Promise.all([give(ada, diamond), give(ada, diamond)]);
  assert.deepEqual(replies.map(({ status }) => status).toSorted(), [201, 402]);
  const { body } = replies.find(({ status }) => status === 402)!;
  assert.deepEqual([body.code, body.balance, body.missing], ['no_funds', '0', '100']);
  assert.equal(await coinsOf(ada), 0n);
});

test('A5: a thousand gifts at once from a wallet of a hundred: exactly a hundred succeed', async () => {
  const [ada, bob] = [await giver(100n), await house.person()];
  const { sendGift } = await import('./gifts.ts');
  const me = await house.ctx.authenticate(ada.cookie);
  const order = { gift: 'rose', count: 1, receiver_id: bob.person_id, room_id: null, combo_id: null, confirmed: false };
  const sent = await Promise.allSettled(
    Array.from({ length: 1_000 }, () => {
      const key = { principal: ada.person_id, route: 'gift.send', key: mintId(), body_hash: 'same' };
      return sendGift(house.ctx, me!, order, key);
    }),
  );
  assert.equal(sent.filter(({ status }) => status === 'fulfilled').length, 100);
  const refused = sent.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
  assert.deepEqual([...new Set(refused)], ['no_funds']);
  assert.equal(await coinsOf(ada), 0n);
});

test('A6: A gives to B while B gives to A, two hundred times at once: no 5xx, nothing lost', async () => {
  const [ada, bob] = [await giver(100n), await giver(100n)];
  const replies = await Promise.all(
    Array.from({ length: 200 }, (_, i) => (i % 2 ? give(ada, rose(bob)) : give(bob, rose(ada)))),
  );
  const ok = replies.filter(({ status }) => status === 201).length;
  assert.ok(
    replies.every(({ status }) => status === 201),
    String(replies.map((r) => r.status)),
  );
  assert.equal((await coinsOf(ada)) + (await coinsOf(bob)), 200n - BigInt(ok));
});

test('A7: counts and bodies that are no gift are refused as a shape', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  for (const count of [-1, 0, 1.5, '1', 1000, 2 ** 53, null, [1], Number.MAX_VALUE]) {
    const { status } = await give(ada, { gift: 'rose', count, receiver_id: wire(bob) });
    assert.equal(status, 400, `count ${JSON.stringify(count)}`);
  }
  for (const body of ['1e3', 'NaN'].map((n) => `{"gift":"rose","count":${n},"receiver_id":"${wire(bob)}"}`)) {
    const headers = { 'content-type': 'application/json', 'idempotency-key': mintId() };
    const { status } = await ada.fetch('/api/gifts', { method: 'POST', headers, body });
    assert.equal(status, 400, body);
  }
  const priced = await give(ada, { ...rose(bob), coins: '0' });
  assert.equal(priced.status, 400, 'A9: the price is ours to say');
  assert.equal(await coinsOf(ada), 100n);
});

test('A27: one key twice in one batch is one gift', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  const { sendGift } = await import('./gifts.ts');
  const me = await house.ctx.authenticate(ada.cookie);
  const order = { gift: 'rose', count: 2, receiver_id: bob.person_id, room_id: null, combo_id: null, confirmed: false };
  const key = { principal: ada.person_id, route: 'gift.send', key: mintId(), body_hash: 'same' };
  const [one, two] = await Promise.all([sendGift(house.ctx, me!, order, key), sendGift(house.ctx, me!, order, key)]);
  assert.deepEqual(one.body, two.body);
  assert.deepEqual([one.replayed, two.replayed], [false, true]);
  assert.equal(await coinsOf(ada), 98n);
});

test('B20: a minor neither sends nor receives, and a changed age counts at once', async () => {
  const [ada, bob, teen] = [await giver(), await house.person(), await house.person({ born_on: '2010-05-05' })];
  const to_teen = await give(ada, rose(teen));
  assert.deepEqual([to_teen.status, to_teen.body.code], [403, 'receiver_refused']);
  const from_teen = await give(teen, rose(bob));
  assert.deepEqual([from_teen.status, from_teen.body.code], [403, 'too_young']);
  await house.ctx.db.pool.query('update people set born_on = $2 where person_id = $1', [bob.person_id, '2012-01-01']);
  assert.equal((await give(ada, rose(bob))).body.code, 'receiver_refused');
  assert.equal(await coinsOf(ada), 100n);
});

test('a block stops gifts both ways, and so does a suspension of either', async () => {
  const [ada, bob, eve] = [await giver(), await giver(), await house.person()];
  await house.ctx.db.pool.query(
    'insert into blocks (blocker_id, blocked_id, blocked_at) values ($1, $2, $3) on conflict do nothing',
    [bob.person_id, ada.person_id, house.clock.now()],
  );
  assert.equal((await give(ada, rose(bob))).body.code, 'blocked');
  assert.equal((await give(bob, rose(ada))).body.code, 'blocked');
  const until_at = new Date(house.clock.now().getTime() + 3_600_000);
  const by = bob.person_id;
  await inTx(house.ctx.db, (tx) => suspend(house.ctx, tx, { person_id: eve.person_id, until_at, reason: 'spam', by }));
  assert.equal((await give(ada, rose(eve))).body.code, 'receiver_refused');
  assert.equal(await coinsOf(ada), 100n);
});

test('oneself, nobody, nothing and nowhere are no receivers', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  const nobody = toWire('person', mintId());
  const cases: [body: object, status: number, code: string][] = [
    [rose(ada), 409, 'gift_to_self'],
    [{ gift: 'rose', count: 1, receiver_id: nobody }, 404, 'receiver_unknown'],
    [{ gift: 'rose', count: 1, room_id: toWire('room', mintId()) }, 404, 'receiver_unknown'],
    [{ gift: 'unicorn', count: 1, receiver_id: wire(bob) }, 404, 'gift_unknown'],
    [{ gift: 'rose', count: 1 }, 400, 'invalid_request'],
    [{ gift: 'rose', count: 1, subject: { kind: 'video', id: toWire('video', mintId()) } }, 404, 'receiver_unknown'],
    [{ gift: 'rose', count: 1, subject: { kind: 'room', id: wire(bob) } }, 400, 'invalid_request'],
    [{ ...rose(bob), subject: { kind: 'person', id: wire(bob) } }, 400, 'invalid_request'],
    [{ ...rose(bob), room_id: toWire('room', mintId()) }, 400, 'invalid_request'],
  ];
  for (const [body, status, code] of cases) {
    const reply = await give(ada, body);
    assert.deepEqual([reply.status, reply.body.code], [status, code]);
  }
  assert.equal(await coinsOf(ada), 100n);
});

test('a gift past half of a limit is asked about once, on the way there; nothing moves until it is confirmed', async () => {
  const [ada, bob] = [await giver(400n), await house.person()];
  await ask(ada, 'PUT', '/wallet/limits', { day: EUR(420), month: null });
  const diamond = { gift: 'diamond', count: 1, receiver_id: wire(bob) };
  assert.equal((await give(ada, diamond)).status, 201, '1.40 of 4.20');
  const key = mintId();
  const asked = await give(ada, diamond, key);
  assert.deepEqual([asked.status, asked.body.code, asked.body.limit], [409, 'spending_half', 'day']);
  assert.deepEqual([asked.body.amount, asked.body.money_moved], [EUR(420), false]);
  assert.equal(await coinsOf(ada), 300n);
  assert.equal((await give(ada, { ...diamond, confirmed: true }, key)).status, 201, '2.80 of 4.20, under the same key');
  assert.equal((await give(ada, diamond)).status, 201, 'past half nobody is asked again');
  house.clock.advance(24 * 3_600_000);
  assert.equal((await give(ada, diamond)).status, 201, 'a new day begins below half');
});

test('the daily limit counts every gift of a day, also those of one batch', async () => {
  const [ada, bob] = [await giver(300n), await house.person()];
  await ask(ada, 'PUT', '/wallet/limits', { day: EUR(140), month: null });
  const diamond = { gift: 'diamond', count: 1, receiver_id: wire(bob), confirmed: true };
  const replies = await Promise.all([give(ada, diamond), give(ada, diamond)]);
  assert.deepEqual(replies.map(({ status }) => status).toSorted(), [201, 403]);
  const over = replies.find(({ status }) => status === 403)!.body;
  assert.deepEqual([over.code, over.limit, over.amount], ['spending_limit', 'day', EUR(140)]);
  house.clock.advance(24 * 3_600_000);
  assert.equal((await give(ada, diamond)).status, 201);
});

test('a combo: every flush is a gift of its own, joined by its combo for display', async () => {
  const [ada, bob] = [await giver(), await house.person()];
  const combo_id = crypto.randomUUID();
  const flushes = [2, 3, 1].map((count) => give(ada, { ...rose(bob, count), combo_id }));
  const replies = await Promise.all(flushes);
  assert.equal(new Set(replies.map(({ body }) => body.gift_id)).size, 3);
  assert.deepEqual([...new Set(replies.map(({ body }) => body.combo_id))], [combo_id]);
  assert.equal(await coinsOf(ada), 94n);
});

test('a gift over more coins than one lot is paid from both, in the order they were bought', async () => {
  const [ada, bob] = [await giver(70n), await house.person()];
  house.clock.advance(1_000);
  await buyCoins(ada, 100n);
  const { body } = await give(ada, { gift: 'diamond', count: 1, receiver_id: wire(bob) });
  const { parts } = (await ask(ada, 'GET', `/gifts/${body.gift_id}`)).body;
  assert.deepEqual(
    parts.map((part: { lot_from: string; lot_to: string }) => [part.lot_from, part.lot_to]),
    [
      ['0', '70'],
      ['0', '30'],
    ],
  );
});

test('gifts across markets: the payer pays in euros what a dollar market shares', async () => {
  const [ada, sam] = [await giver(100n), await house.person({ market: 'US' })];
  const { body } = await give(ada, { gift: 'diamond', count: 1, receiver_id: wire(sam) });
  const receipt = (await ask(sam, 'GET', `/gifts/${body.gift_id}`)).body;
  assert.deepEqual([receipt.share.share_id, receipt.splits[0].total], ['US-gifts-1', EUR(140)]);
});

test('an event leaves for every gift, with ids and amounts only', async () => {
  const seen: unknown[] = [];
  house.ctx.relay.on('gift.sent', 'test', (events) => void seen.push(...events));
  const [ada, bob] = [await giver(), await house.person()];
  const { body } = await give(ada, rose(bob, 2));
  await house.drain();
  const event = seen.at(-1) as { subject: string; actor: string; data: Record<string, unknown> };
  assert.equal(toWire('gift', event.subject), body.gift_id);
  assert.deepEqual(event.data, {
    receiver_id: bob.person_id,
    room_id: null,
    gift: 'rose',
    count: 2,
    coins: '2',
    combo_id: null,
  });
});
