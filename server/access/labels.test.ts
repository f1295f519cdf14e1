import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mintId, toWire } from '../kernel/ids.ts';
import { marketCodes, RELATIONS, type Relation, SURFACES, type Surface } from '../markets/index.ts';
import { openHouse } from '../test/harness.ts';
import { addRelations, defineLabelled, type Labelled, labelsOf } from './index.ts';

/** What must be read where, in German, written down by hand: a table to argue about, not a copy of the pack. */
const EVERYWHERE: Record<(typeof marketCodes)[number], Record<Relation, string>> = {
  DE: {
    ad: 'Anzeige',
    paid_deal: 'Werbung · Bezahlte Partnerschaft',
    brand_gift: 'Produktplatzierung',
    product_link: 'Werbung',
    own_product: 'Werbung · Eigenes Produkt',
    live_selling: 'Werbung',
  },
  US: {
    ad: 'Anzeige',
    paid_deal: 'Bezahlte Partnerschaft',
    brand_gift: 'Geschenktes Produkt',
    product_link: 'Werbelink',
    own_product: 'Eigenes Produkt',
    live_selling: 'Verkaufssendung',
  },
};
const BUT: [market: string, relation: Relation, surface: Surface, word: string][] = [
  ['DE', 'live_selling', 'live', 'Dauerwerbesendung'],
  ['DE', 'live_selling', 'replay', 'Dauerwerbesendung'],
];

const house = await openHouse(null);
const { ctx } = house;
const onRecord = new Map<string, Relation[]>();
addRelations(ctx, async (_q, _kind, ids) => new Map(ids.flatMap((id) => [[id, onRecord.get(id) ?? []] as const])));

const read = async (id: string, { market = 'DE', surface = 'feed' as Surface, kind = 'video' as Labelled } = {}) =>
  (await labelsOf(ctx, ctx.db.pool, { kind, ids: [id], market, surface })).get(id);

for (const market of marketCodes) {
  for (const relation of RELATIONS) {
    for (const surface of SURFACES) {
      const word = BUT.find(([m, r, s]) => m === market && r === relation && s === surface)?.[3];
      test(`${market}: ${relation} says so on ${surface}`, async () => {
        const id = mintId();
        onRecord.set(id, [relation]);
        const labels = await read(id, { market, surface });
        assert.deepEqual(
          labels?.map((label) => [label.relation, label.word.de]),
          [[relation, word ?? EVERYWHERE[market][relation]]],
        );
        assert.ok(labels?.[0]?.word.en);
      });
    }
  }
}

test('what nothing is on record of says nothing; the weightiest of several comes first', async () => {
  const [plain, both] = [mintId(), mintId()];
  onRecord.set(both, ['live_selling', 'product_link', 'ad']);
  assert.deepEqual(await read(plain), []);
  // `live_selling` has the word of `product_link` in the feed: one word is said once.
  assert.deepEqual(
    (await read(both))?.map(({ relation }) => relation),
    ['ad', 'product_link'],
  );
});

test('its owner adds a label, nobody else, and nobody takes one away', async () => {
  const [owner, stranger] = [await house.person(), await house.person()];
  const id = mintId();
  defineLabelled(ctx, 'video', async (_q, thing) => (thing === id ? owner.person_id : null));
  const put = (who: typeof owner, what: string, relation = 'paid_deal') =>
    who.fetch(`/api/labels/${what}/${relation}`, { method: 'PUT' }).then(({ status }) => status);
  assert.equal(await put(stranger, toWire('video', id)), 404);
  assert.equal(await put(owner, toWire('video', mintId())), 404);
  assert.equal(await put(owner, toWire('product', id)), 400);
  assert.equal(await put(owner, toWire('video', id), 'harmless'), 400);
  assert.deepEqual(await read(id), []);
  assert.deepEqual([await put(owner, toWire('video', id)), await put(owner, toWire('video', id))], [200, 200]);
  onRecord.set(id, ['product_link']);
  const said = ['paid_deal', 'product_link'];
  assert.deepEqual(
    (await read(id))?.map(({ relation }) => relation),
    said,
  );
  const { status } = await owner.fetch(`/api/labels/${toWire('video', id)}/paid_deal`, { method: 'DELETE' });
  assert.equal(status, 404);
  await assert.rejects(ctx.db.pool.query('delete from added_labels'), /append-only|permission denied/);
  assert.deepEqual(
    (await read(id))?.map(({ relation }) => relation),
    said,
  );
});
