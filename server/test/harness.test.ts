import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { coinsOf } from './coins.ts';
import { openHouse } from './harness.ts';

const house = await openHouse(null);

test('a person of the harness is signed in, through the typed client and raw', async () => {
  const anna = await house.person({ handle: 'anna' });
  const { data } = await anna.api.GET('/api/people/me');
  assert.equal(data?.person?.handle, 'anna');
  assert.equal((await anna.fetch('/api/people/me')).status, 200);
});

test('the coins of a person were bought', async () => {
  assert.equal(await coinsOf(await house.person({ coins: 100 })), 100n);
});

test('I13: the role that serves can neither change nor empty the book', async () => {
  const client = new pg.Client({ connectionString: house.app_url });
  await client.connect();
  for (const sql of [
    'update ledger.transfers set amount = 1',
    'delete from ledger.transfers',
    'truncate ledger.transfers',
    'update ledger.accounts set floor = null',
    'delete from ledger.accounts',
    'drop table ledger.transfers',
    'update public.migrations set hash = 1',
  ]) {
    await assert.rejects(client.query(sql), { code: '42501' }, sql);
  }
  await client.end();
});
