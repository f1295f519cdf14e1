import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTx } from '../kernel/db.ts';
import { type Event, emit } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { openHouse } from '../test/harness.ts';
import { declareNotices, type Notice } from './index.ts';
import { take } from './notices.ts';

const house = await openHouse(null);
const { ctx } = house;

const PARAMS = { subject: 'News', body: 'All is well.' };

const mailsTo = async (handle: string) => {
  const sql = 'select subject, body_text from mailbox where recipient = $1 order by sent_at, mail_id';
  return (await ctx.db.pool.query<{ subject: string; body_text: string }>(sql, [`${handle}@example.test`])).rows;
};

test('a purchase of coins mails its receipt once, in the language of the buyer', async () => {
  const buyer = await house.person({ handle: 'buyer', locale: 'de', coins: 100 });
  await house.drain();
  await house.drain();
  const mails = await mailsTo('buyer');
  assert.equal(mails.length, 1);
  assert.match(mails[0]?.subject ?? '', /^Beleg: 100 Coins für 1,40/);
  assert.match(mails[0]?.body_text ?? '', /\/wallet\/receipts\/lot_/);
  const { data } = await buyer.api.GET('/api/notices');
  assert.equal(data?.items.length, 1);
});

test('I12: an event that comes twice is one message; another kind of the same event is another', async () => {
  const reader = await house.person({ handle: 'reader' });
  const one = (kind: string): Notice => ({
    kind,
    category: 'people',
    texts: 'notices.told',
    channels: { app: 'on', mail: 'on' },
    on: { event: 'test.happened', tell: async () => [{ person_id: reader.person_id, params: PARAMS }] },
    example: PARAMS,
  });
  declareNotices(ctx, [one('test.one'), one('test.two')]);
  const id = mintId();
  const event = { id, type: 'test.happened', actor: null, subject: reader.person_id, data: {} };
  for (let times = 0; times < 3; times += 1) await inTx(ctx.db, (tx) => emit(tx, ctx, [event]).then(() => {}));
  await house.drain();
  assert.equal((await mailsTo('reader')).length, 2);
});

test('D1: notices are their reader’s alone', async () => {
  const other = await house.person();
  const { data } = await other.api.GET('/api/notices');
  assert.deepEqual(data?.items, []);
});

test('a notice for very many goes in pages, each reader once, also when the job dies on its way', async (t) => {
  const people = Array.from({ length: 1_000 }, () => mintId());
  await ctx.db.pool.query(
    `insert into auth.users (id, name, email, email_verified, created_at, updated_at)
     select id, 'Fan', id || '@example.test', true, $2, $2 from unnest($1::uuid[]) id`,
    [people, ctx.clock.now()],
  );
  await ctx.db.pool.query(
    `insert into people (person_id, handle, name, market, locale, roles, created_at)
     select id, 'fan_' || n, 'Fan', 'DE', 'en', '{}', $2 from unnest($1::uuid[]) with ordinality f (id, n)`,
    [people, ctx.clock.now()],
  );
  let dies = true;
  const pages = async function* () {
    for (let from = 0; from < people.length; from += 250) {
      if (from === 500 && dies) throw new Error('the process died');
      yield people.slice(from, from + 250).map((person_id) => ({ person_id, params: PARAMS }));
    }
  };
  const wide: Notice = {
    kind: 'test.wide',
    category: 'live',
    texts: 'notices.told',
    channels: { app: 'on', push: 'on' },
    on: { event: 'test.wide', wide: true, tell: pages },
    example: PARAMS,
  };
  declareNotices(ctx, [wide]);
  const at = ctx.clock.now().toISOString();
  const event: Event = { id: mintId(), type: 'test.wide', v: 1, at, actor: null, subject: mintId(), data: {} };
  const told = async () =>
    (await ctx.db.pool.query<{ n: number }>(`select count(*)::int as n from notice_items where kind = 'test.wide'`))
      .rows[0]?.n;
  await take(ctx, wide, [event]);
  await ctx.jobs.drain();
  assert.equal(await told(), 500);
  dies = false;
  await take(ctx, wide, [event]);
  const started = performance.now();
  await ctx.jobs.drain();
  t.diagnostic(
    `1,000 readers told anew, half of them for the first time, in ${Math.round(performance.now() - started)} ms`,
  );
  assert.equal(await told(), 1_000);
});
