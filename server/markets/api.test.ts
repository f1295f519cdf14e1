import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from '../test/harness.ts';
import { marketCodes, pack } from './index.ts';

const house = await openHouse(test);

for (const code of marketCodes) {
  test(`anyone reads the rules of ${code}`, async () => {
    const reply = await fetch(`${house.url}/api/markets/${code}`);
    assert.equal(reply.status, 200);
    // biome-ignore lint/suspicious/noExplicitAny: read as a client without types would
    const view = (await reply.json()) as any;
    assert.deepEqual(view.coins.price, { minor: '14', coins: '10' });
    assert.equal(view.coins.minimum_coins, '36');
    assert.equal(view.contract.order_button.de, pack(code).contract.order_button.de);
    assert.equal(view.ages.send_gifts, 18);
  });
}

test('a market that does not exist is a problem document', async () => {
  const reply = await fetch(`${house.url}/api/markets/XX`);
  assert.equal(reply.status, 404);
  assert.equal(((await reply.json()) as { code: string }).code, 'market_unknown');
});
