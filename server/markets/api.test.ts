import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeApp, createApp, createContext } from '../app.ts';
import { readConfig } from '../config.ts';
import { marketCodes, pack } from './index.ts';

// No database is behind this address: a market's rules are code.
const ctx = createContext(readConfig({ SOUK_LOG: 'silent' }, []), 'postgres://nobody@127.0.0.1:9/none');
const app = await createApp(ctx);
test.after(() => closeApp(app));

for (const code of marketCodes) {
  test(`anyone reads the rules of ${code}`, async () => {
    const reply = await app.inject({ url: `/api/markets/${code}` });
    assert.equal(reply.statusCode, 200);
    const view = reply.json();
    assert.deepEqual(view.coins.price, { minor: '14', coins: '10' });
    assert.equal(view.coins.minimum_coins, '36');
    assert.equal(view.contract.order_button.de, pack(code).contract.order_button.de);
    assert.equal(view.ages.send_gifts, 18);
  });
}

test('a market that does not exist is a problem document', async () => {
  const reply = await app.inject({ url: '/api/markets/XX' });
  assert.equal(reply.statusCode, 404);
  assert.equal(reply.json().code, 'market_unknown');
});
