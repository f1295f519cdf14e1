import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTx } from '../kernel/db.ts';
import { mintId, toWire } from '../kernel/ids.ts';
import { balances, post, transferId } from '../ledger/index.ts';
import { settled } from '../payments/index.ts';
import { ask, buyCoins, chargeBack, coinsOf } from '../test/coins.ts';
import { openHouse } from '../test/harness.ts';
import { goLive } from '../test/room.ts';
import { pendingAccount, receivableAccount, returnGiftsOf, settleDue } from './index.ts';

const house = await openHouse(test);
const DAY = 86_400_000;
type Person = Awaited<ReturnType<typeof house.person>>;

async function give(from: Person, to: Person, gift: string, count = 1, room_id?: string): Promise<string> {
  const where =
    room_id === undefined ? { receiver_id: toWire('person', to.person_id) } : { room_id: toWire('room', room_id) };
  const { status, body } = await ask(from, 'POST', '/gifts', { gift, count, ...where });
  assert.equal(status, 201, JSON.stringify(body));
  return body.gift_id;
}

async function settleAll(): Promise<number> {
  house.clock.advance(14 * DAY);
  return settleDue(house.ctx, house.clock.now());
}

const receiptOf = async (who: Person, gift_id: string) => (await ask(who, 'GET', `/gifts/${gift_id}`)).body;

/** What an earner has pending, and owes. */
async function held(of: Person, currency = 'EUR'): Promise<[pending: bigint, receivable: bigint]> {
  const ids = [pendingAccount(of.person_id, currency), receivableAccount(of.person_id, currency)] as const;
  const found = await balances(house.ctx.db.q, ids);
  return [found.get(ids[0]) ?? 0n, found.get(ids[1]) ?? 0n];
}

test('83 ct net as 71 single Roses, settled one by one, give the creator 42 and the platform 41', async () => {
  const [ada, bob] = [await house.person(), await house.person()];
  await buyCoins(ada, 71n);
  for (let i = 0; i < 71; i += 1) await give(ada, bob, 'rose');
  assert.equal(await settleAll(), 71);
  assert.deepEqual(await held(bob), [42n, 0n]);
});

test('a gift settles once its hold is over, not an hour before, and only once', async () => {
  const [ada, bob] = [await house.person(), await house.person()];
  await buyCoins(ada, 100n);
  const gift_id = await give(ada, bob, 'diamond');
  house.clock.advance(14 * DAY - 1);
  assert.equal(await settleDue(house.ctx, house.clock.now()), 0);
  house.clock.advance(1);
  const sweeps = await Promise.all([settleDue(house.ctx, house.clock.now()), settleDue(house.ctx, house.clock.now())]);
  assert.equal(sweeps[0]! + sweeps[1]!, 1);
  const receipt = await receiptOf(bob, gift_id);
  assert.equal(receipt.state, 'settled');
  assert.deepEqual(
    receipt.transfers.map(
      (line: Record<string, string>) => `${line.debit} → ${line.credit} ${line.amount} ${line.asset}`,
    ),
    [
      'coins → gift_coins 100 COIN',
      'gift_coins → coins.issued 100 COIN',
      'deferred:DE → payable.pending 59 EUR',
      'deferred:DE → revenue:gifts 59 EUR',
    ],
  );
  assert.deepEqual(await held(bob), [59n, 0n]);
});

test('a gift paid in two currencies earns in both', async () => {
  const [sam, bob] = [await house.person({ market: 'US' }), await house.person()];
  await buyCoins(sam, 70n, 'US');
  await house.ctx.db.pool.query(`update people set market = 'DE' where person_id = $1`, [sam.person_id]);
  house.clock.advance(2_000);
  await new Promise((resume) => setTimeout(resume, 1_100));
  await buyCoins(sam, 100n);
  const gift_id = await give(sam, bob, 'diamond');
  await settleAll();
  assert.deepEqual(
    (await receiptOf(bob, gift_id)).splits.map((split: { total: object }) => split.total),
    [
      { amount: '98', currency: 'USD' },
      { amount: '41', currency: 'EUR' },
    ],
  );
  assert.deepEqual([(await held(bob, 'USD'))[0], (await held(bob))[0]], [49n, 18n]);
});

test('A28: a live ended for a violation returns its gifts, settled or not, each once', async () => {
  const [ada, bob] = [await house.person(), await house.person()];
  const { room_id } = await goLive(house, bob);
  await buyCoins(ada, 300n);
  await give(ada, bob, 'diamond', 1, room_id);
  await settleAll();
  assert.deepEqual(await held(bob), [59n, 0n]);
  const late = await give(ada, bob, 'diamond', 1, room_id);
  assert.equal(await coinsOf(ada), 100n);
  const done = await Promise.all([returnGiftsOf(house.ctx, room_id), returnGiftsOf(house.ctx, room_id)]);
  assert.equal(done[0]! + done[1]!, 2);
  assert.equal(await returnGiftsOf(house.ctx, room_id), 0);
  assert.equal(await coinsOf(ada), 300n);
  assert.deepEqual(await held(bob), [0n, 0n]);
  assert.equal((await receiptOf(ada, late)).state, 'returned');
  house.clock.advance(30 * DAY);
  assert.equal(await settleDue(house.ctx, house.clock.now()), 0, 'what was returned never settles');
});

test('A28: what was already paid out becomes a receivable', async () => {
  const [ada, bob] = [await house.person(), await house.person()];
  const { room_id } = await goLive(house, bob);
  await buyCoins(ada, 100n);
  await give(ada, bob, 'diamond', 1, room_id);
  await settleAll();
  await payOut(bob, 40n);
  await returnGiftsOf(house.ctx, room_id);
  assert.deepEqual(await held(bob), [0n, -40n]);
  assert.equal(await coinsOf(ada), 100n);
});

test('what is owed is netted against the next earnings, and no further; the earnings page says how much', async () => {
  const [ada, bob] = [await house.person(), await house.person()];
  const { room_id } = await goLive(house, bob);
  await buyCoins(ada, 300n);
  await give(ada, bob, 'diamond', 1, room_id);
  await settleAll();
  await payOut(bob, 59n);
  await returnGiftsOf(house.ctx, room_id);
  assert.deepEqual(await held(bob), [0n, -59n]);
  const shown = async () => (await ask(bob, 'GET', '/payouts/earnings')).body.balances[0];
  assert.deepEqual([(await shown()).owed.amount, (await shown()).netted.amount], ['59', '0']);
  const first = await give(ada, bob, 'rose', 40);
  const second = await give(ada, bob, 'rose', 160);
  await settleAll();
  const [small, large] = [await receiptOf(bob, first), await receiptOf(bob, second)];
  const netted = ({ transfers }: { transfers: { code: string; debit: string; credit: string; amount: string }[] }) =>
    transfers.filter(({ code }) => code === 'gift.netted').map((one) => [one.debit, one.credit, one.amount]);
  const [[, , taken_first = '']] = netted(small) as [[string, string, string]];
  assert.deepEqual(netted(small), [['payable.pending', 'receivable', taken_first]]);
  assert.deepEqual(netted(large), [['payable.pending', 'receivable', String(59n - BigInt(taken_first))]]);
  const [pending, receivable] = await held(bob);
  assert.equal(receivable, 0n);
  assert.equal(pending, BigInt(small.splits[0].creator.amount) + BigInt(large.splits[0].creator.amount) - 59n);
  assert.deepEqual([(await shown()).owed.amount, (await shown()).netted.amount], ['0', '59']);
  assert.equal((await shown()).pending.amount, String(pending));
});

/** Stands for a payout that took part of what was pending. */
async function payOut(earner: Person, amount: bigint): Promise<void> {
  const source = mintId();
  const at = house.clock.now();
  const clearing = receivableAccount(await hostOfNothing(), 'EUR');
  const debit = pendingAccount(earner.person_id, 'EUR');
  const transfer = {
    transfer_id: transferId(source, 'out'),
    debit,
    credit: clearing,
    amount,
    code: 'test.payout',
    ref: source,
    event_at: at,
  };
  const [verdict] = await inTx(house.ctx.db, (tx) => post(tx, [transfer], at));
  assert.equal(verdict?.status, 'posted');
}

/** Somebody whose receivable stands for the bank in this test: opened by earning and losing a Rose. */
async function hostOfNothing(): Promise<string> {
  const [ada, cy] = [await house.person(), await house.person()];
  await buyCoins(ada, 71n);
  await give(ada, cy, 'rose', 71);
  await settleAll();
  return cy.person_id;
}

test('a returned gift is spent again: the same coins pay for the next one', async () => {
  const [ada, bob, cy] = [await house.person(), await house.person(), await house.person()];
  const { room_id } = await goLive(house, bob);
  const { lot_id } = await buyCoins(ada, 100n);
  await give(ada, bob, 'diamond', 1, room_id);
  await returnGiftsOf(house.ctx, room_id);
  const again = await give(ada, cy, 'diamond');
  const { parts } = await receiptOf(ada, again);
  assert.deepEqual([parts[0].lot.lot_id, parts[0].lot_from, parts[0].lot_to], [lot_id, '0', '100']);
  await settleAll();
  assert.deepEqual(await held(cy), [59n, 0n]);
  const history: { kind: string; person: { handle: string } | null }[] = (await ask(ada, 'GET', '/wallet/history')).body
    .items;
  // The history says whom each was for.
  assert.deepEqual(
    history.map(({ kind, person }) => [kind, person?.handle]),
    [
      ['gift_sent', cy.handle],
      ['gift_returned', bob.handle],
      ['gift_sent', bob.handle],
      ['bought', undefined],
    ],
  );
});

test('A17: a lot spread over three gifts of which one is settled is charged back', async () => {
  const [ada, bob, cy] = [await house.person(), await house.person(), await house.person()];
  const { lot_id } = await buyCoins(ada, 350n);
  const first = await give(ada, bob, 'diamond');
  await settleAll();
  assert.deepEqual(await held(bob), [59n, 0n]);
  const second = await give(ada, cy, 'diamond');
  house.clock.advance(1_000);
  await buyCoins(ada, 70n);
  const third = await give(ada, cy, 'diamond', 2);
  await chargeBack(house, lot_id);
  assert.equal(await coinsOf(ada), 20n, 'of the second purchase 50 coins stay spent');
  assert.deepEqual(await held(bob), [0n, 0n]);
  const states = await Promise.all([first, second, third].map(async (id) => (await receiptOf(ada, id)).state));
  assert.deepEqual(states, ['reversed', 'reversed', 'sent']);
  const left = (await receiptOf(ada, third)).parts;
  assert.deepEqual(
    left.map((part: { lot_from: string; lot_to: string }) => [part.lot_from, part.lot_to]),
    [['0', '50']],
  );
  await settleAll();
  assert.equal((await held(cy))[0], 29n, 'only what was really paid is earned');
});

test('A18: a chargeback long after the payout leaves the earner owing, never the platform silently short', async () => {
  const [ada, bob] = [await house.person(), await house.person()];
  const { lot_id } = await buyCoins(ada, 100n);
  await give(ada, bob, 'diamond');
  await settleAll();
  await payOut(bob, 59n);
  house.clock.advance(100 * DAY);
  await chargeBack(house, lot_id);
  assert.deepEqual(await held(bob), [0n, -59n]);
});

test('A17: a chargeback of a lot that was partly withdrawn takes only the rest', async () => {
  const [ada, bob] = [await house.person(), await house.person()];
  const { lot_id } = await buyCoins(ada, 350n);
  await give(ada, bob, 'diamond');
  const [lot] = (await ask(ada, 'GET', '/wallet/lots')).body.items;
  const shown = { coins: lot.unspent, amount: lot.refund };
  assert.equal((await ask(ada, 'POST', `/wallet/lots/${lot_id}/withdrawal`, shown)).status, 201);
  await settled(house.ctx);
  await chargeBack(house, lot_id);
  assert.equal(await coinsOf(ada), 0n);
  assert.equal((await ask(ada, 'GET', '/wallet/lots')).body.items[0].charged_back, true);
});

test('gifts sent while their lot is charged back end in one way each', async () => {
  const [ada, bob] = [await house.person(), await house.person()];
  const { lot_id } = await buyCoins(ada, 350n);
  const sends = Array.from({ length: 30 }, () =>
    ask(ada, 'POST', '/gifts', { gift: 'rose', count: 5, receiver_id: toWire('person', bob.person_id) }),
  );
  await Promise.all([...sends, chargeBack(house, lot_id)]);
  assert.equal(await coinsOf(ada), 0n);
  await settleAll();
  assert.deepEqual(await held(bob), [0n, 0n]);
});
