import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { openHouse } from '../test/harness.ts';
import { declareNotices, type Notice } from './index.ts';

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
