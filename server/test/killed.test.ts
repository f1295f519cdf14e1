/** The server dies by SIGKILL at chosen moments of a transaction, on a real PostgreSQL with its disk synced. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromWire } from '../kernel/ids.ts';
import { checkInvariants } from '../ledger/index.ts';
import { ask, coinsOf, type Reply } from './coins.ts';
import { type Cast, openCast, type Wish } from './load.ts';
import * as processes from './processes.ts';

type Moment = { die: 'before' | 'after'; statement: string };

const ORDER = 'insert into orders';
const GIFT = 'insert into gifts';
const SETTLED = 'update payment_attempts';
const TRIES = 240;

const argsFor = ({ die, statement }: Moment) => ['--no-demo', `--die=${die}`, `--in=${statement}`];

const data_dir = processes.makeDataDir();
const env = { SOUK_DATA_DIR: data_dir };

/** Starts the server that dies at this moment, or goes on where the last one died. */
async function open(moment: Moment, port = '0') {
  return processes.startSouk({ ...env, PORT: port }, argsFor(moment), processes.DYING);
}

let running = await open({ die: 'before', statement: GIFT });
const { port } = new URL(running.url);
const guest = await processes.visit(processes.databaseOf(data_dir));
const cast: Cast = await openCast((options) => guest.person(running.url, options));
const { pool } = guest.ctx.db;

test.after(async () => {
  await guest.close();
  await running.stop('SIGTERM');
  assert.deepEqual(processes.processesOf(data_dir), [], 'no process is left');
  processes.removeDataDir(data_dir);
});

const wishesOf = (id: Wish['id'], count: number): Wish[] => {
  const wishes: Wish[] = [];
  while (wishes.length < count) {
    const wish = cast.wish();
    if (wish.id === id) wishes.push(wish);
  }
  return wishes;
};

const send = ({ who, path, body, key }: Wish): Promise<Reply | null> =>
  ask(who, 'POST', path, body, key).catch(() => null);

/** All of them at once into a server that dies of the first. @returns what was answered before */
async function sendInto(wishes: Wish[]): Promise<(Reply | null)[]> {
  process.kill(running.pid, 'SIGUSR2');
  while (!running.output().includes('armed')) await sleep(10);
  const answers = await Promise.all(wishes.map(send));
  await running.exited;
  return answers;
}

async function sendAgain(wish: Wish): Promise<Reply> {
  for (let tries = 0; ; tries += 1) {
    const answer = await send(wish);
    if (answer && answer.status < 300) return answer;
    assert.ok(tries < TRIES, `${wish.path}: ${JSON.stringify(answer)}`);
    await sleep(500);
  }
}

async function idsOf(wishes: Wish[]): Promise<Set<string>> {
  const [{ id, who } = {} as Wish] = wishes;
  const [table, owner] = id === 'gift_id' ? ['gifts', 'sender_id'] : ['orders', 'buyer_id'];
  const { rows } = await pool.query(`select ${id} as id from ${table} where ${owner} = $1`, [who.person_id]);
  return new Set(rows.map((row) => row.id));
}

test('G1, I4: killed in the middle of a batch of gifts: nothing of it happened, and sent again it happens once', async () => {
  const wishes = wishesOf('gift_id', 30);
  const coins = await coinsOf(cast.giver);
  const answers = await sendInto(wishes);
  assert.ok(answers.every((answer) => answer === null));
  running = await open({ die: 'after', statement: GIFT }, port);
  assert.equal((await idsOf(wishes)).size, 0);
  assert.equal(await coinsOf(cast.giver), coins);
  const again = await Promise.all(wishes.map(sendAgain));
  assert.ok(again.every(({ replayed }) => !replayed));
  assert.equal((await idsOf(wishes)).size, 30);
  assert.equal(await coinsOf(cast.giver), coins - 30n);
  assert.deepEqual(await checkInvariants(guest.ctx.db.q), []);
});

test('A12, I14: killed after the commit of gifts, before the reply: the retry gets the stored reply', async (t) => {
  const before = await idsOf(wishesOf('gift_id', 1));
  const coins = await coinsOf(cast.giver);
  const wishes = wishesOf('gift_id', 30);
  await sendInto(wishes);
  running = await open({ die: 'after', statement: ORDER }, port);
  const kept = (await idsOf(wishes)).difference(before);
  assert.ok(kept.size > 0, 'a batch was committed');
  const again = await Promise.all(wishes.map(sendAgain));
  const replayed = again.filter((answer) => answer.replayed);
  t.diagnostic(`${kept.size} gifts were committed and not acknowledged`);
  assert.deepEqual(new Set(replayed.map(({ body }) => fromWire('gift', body.gift_id))), kept);
  assert.equal((await idsOf(wishes)).difference(before).size, 30);
  assert.equal(await coinsOf(cast.giver), coins - 30n);
  assert.deepEqual(await checkInvariants(guest.ctx.db.q), []);
});

/** Until the order is in one of these states. */
async function until(wish: Wish, order_id: string, states: string[]) {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask(wish.who, 'GET', `/orders/${order_id}`).catch(() => null);
    if (states.includes(answer?.body.state)) return answer?.body;
    assert.ok(tries < TRIES * 2, JSON.stringify(answer));
    await sleep(500);
  }
}

test('A12: killed after an order was reserved, before the provider was asked: the retry finds it, no second one is made', async () => {
  const wishes = wishesOf('order_id', 3);
  const before = await idsOf(wishes);
  await sendInto(wishes);
  running = await open({ die: 'before', statement: SETTLED }, port);
  const again = await Promise.all(wishes.map(sendAgain));
  const ids = again.map(({ body }) => fromWire('order', body.order_id));
  assert.deepEqual((await idsOf(wishes)).difference(before), new Set(ids));
  for (const [n, { body }] of again.entries()) await until(wishes[n] as Wish, body.order_id, ['paid', 'cancelled']);
  assert.deepEqual(await checkInvariants(guest.ctx.db.q), []);
});

test('A11, I7: killed after the provider captured, before the order knew: it is completed, charged once', async () => {
  const wishes = wishesOf('order_id', 3);
  const before = await idsOf(wishes);
  await sendInto(wishes);
  running = await open({ die: 'after', statement: SETTLED }, port);
  const again = await Promise.all(wishes.map(sendAgain));
  assert.equal((await idsOf(wishes)).difference(before).size, 3);
  let paid = 0;
  for (const [n, { body }] of again.entries()) {
    paid += (await until(wishes[n] as Wish, body.order_id, ['paid', 'cancelled'])).state === 'paid' ? 1 : 0;
  }
  assert.ok(paid > 0, 'the one that was captured is paid');
  assert.deepEqual(await checkInvariants(guest.ctx.db.q), []);
});

test('A12: killed after an order was paid, before the reply: the retry finds it paid', async () => {
  const wishes = wishesOf('order_id', 1);
  const before = await idsOf(wishes);
  await sendInto(wishes);
  running = await open({ die: 'after', statement: 'nothing' }, port);
  const { body } = await sendAgain(wishes[0] as Wish);
  assert.equal(body.state, 'paid');
  assert.equal((await idsOf(wishes)).difference(before).size, 1);
  assert.deepEqual(await checkInvariants(guest.ctx.db.q), []);
});
