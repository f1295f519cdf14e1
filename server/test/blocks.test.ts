/**
 * A block hides both from each other, everywhere: every GET route of the OpenAPI document that is not for staff is
 * walked by each of two people who share one, with the ids of everything the other has. Neither the other's id nor
 * their handle may stand in an answer. What one has bought, given or earned stays on record, and is listed with its
 * reason. A route that is added is walked without a line here.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from './harness.ts';
import { call, goLive, watch } from './room.ts';
import { TRADER } from './shop.ts';
import { postVideo } from './video.ts';

interface Operation {
  parameters?: { name: string; in: string; required?: boolean }[];
  'x-who': string;
}
const document = JSON.parse(readFileSync(new URL('../../sdk/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, { get?: Operation }>;
};

/** Where the other may stand, and why. */
const MAY_NAME: Record<string, string> = {
  '/api/people/me/blocks': 'who blocked somebody must be able to lift it',
  '/api/people/@{handle}': 'who blocked sees the profile, to lift it; who is blocked finds none',
  '/api/gifts/{gift_id}': 'the receipt of money that moved between the two',
  '/api/gifts/received': 'what one has received, as one’s books say',
  '/api/wallet/history': 'what one has given, as one’s books say',
  '/api/payouts/earnings/days/{day_on}': 'what one has earned, as one’s books say',
  '/api/merchants/{merchant_id}': 'a trader must be known to whoever has a contract with them (DSA art. 30)',
  '/api/me/merchant/orders': 'orders that bind both',
  '/api/orders': 'orders that bind both',
  '/api/orders/{order_id}': 'orders that bind both',
  '/api/notices': 'what one was told before the block',
};

const house = await openHouse(null);
const idOf = (person: TestPerson) => toWire('person', person.person_id);
const stage = await house.person({ handle: 'neutral.stage' });
const neutral = await goLive(house, stage, 'A neutral stage');
const stage_video = await postVideo(house.ctx, stage.person_id);

interface Side {
  person: TestPerson;
  /** What of theirs another can name, by the name of the parameter. */
  ids: Record<string, string[]>;
}

const must = async <T>(who: TestPerson, method: string, path: string, body?: object, key?: string): Promise<T> => {
  const response = await who.fetch(`/api${path}`, {
    method,
    headers: { 'idempotency-key': key ?? crypto.randomUUID(), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  assert.ok(response.ok, `${method} ${path}: ${JSON.stringify(answer)}`);
  return answer as T;
};

const stage_comment = await must<{ comment_id: string }>(stage, 'POST', `/videos/${stage_video.id}/comments`, {
  text: 'Welcome',
});

/** Somebody who has all that can be shown of a person: lives, a plan, a shop, lines, gifts, questions, ties, films. */
async function furnish(handle: string): Promise<Side> {
  const person = await house.person({ handle, coins: 50 });
  const room = await goLive(house, person, `Live of ${handle}`);
  const plan = { title: 'Soon', language: 'en', local_time: '2026-11-20T18:00', zone: 'Europe/Berlin' };
  const { schedule_id } = await must<{ schedule_id: string }>(person, 'POST', '/schedules', plan);
  const { merchant_id } = await must<{ merchant_id: string }>(person, 'POST', '/merchants', TRADER);
  const variants = [{ option_values: ['Blue'], price: '1900', stock: 3 }];
  const draft = { title: 'Mug', vat_class: 'standard', option_names: ['Colour'], variants };
  const { product_id } = await must<{ product_id: string }>(person, 'POST', '/products', draft);
  await must(person, 'PUT', `/products/${product_id}/published`, { published: true });
  const socket = await watch(house, neutral.id, person);
  assert.equal((await socket.ask({ type: 'chat.send', text: 'good evening' })).type, 'ack');
  await must(person, 'POST', `/rooms/${neutral.id}/questions`, { text: 'How hot is the kiln?' });
  const gift = await must<{ gift_id: string }>(person, 'POST', '/gifts', {
    gift: 'rose',
    count: 1,
    room_id: neutral.id,
  });
  await must(person, 'PUT', `/people/${idOf(stage)}/follow`);
  const { id: video_id } = await postVideo(house.ctx, person.person_id, { caption: `A film of @${handle}` });
  const { id: neutral_video } = stage_video;
  for (const id of [video_id, neutral_video]) {
    for (const deed of ['like', 'save']) await must(person, 'PUT', `/videos/${id}/${deed}`);
  }
  const words = await must<{ comment_id: string }>(person, 'POST', `/videos/${neutral_video}/comments`, {
    text: 'Fine!',
  });
  await must(person, 'PUT', `/comments/${stage_comment.comment_id}/like`);
  await must(person, 'POST', `/videos/${neutral_video}/comments`, { text: 'Yes', parent_id: stage_comment.comment_id });
  await must(person, 'PATCH', '/people/me', { shows_likes: true });
  const page = await must<{ stream: { stream_id: string } }>(person, 'GET', `/rooms/${room.id}`);
  const ids = {
    // The stage is followed by both: its lists must not show one to the other.
    person_id: [idOf(person), idOf(stage)],
    host_id: [idOf(person)],
    seller_id: [idOf(person)],
    handle: [handle],
    room_id: [room.id, neutral.id],
    schedule_id: [schedule_id],
    merchant_id: [merchant_id],
    product_id: [product_id],
    stream_id: [page.stream.stream_id],
    gift_id: [gift.gift_id],
    day_on: ['2026-11-02'],
    video_id: [video_id, neutral_video],
    comment_id: [words.comment_id, stage_comment.comment_id],
  };
  return { person, ids };
}

const [anna, ben] = [await furnish('anna.blocks'), await furnish('ben.is.blocked')];
// Before the block they had to do with each other.
for (const [who, whom] of [
  [anna, ben],
  [ben, anna],
] as const) {
  const [film] = whom.ids.video_id as [string];
  await must(who.person, 'PUT', `/videos/${film}/like`);
  await must(who.person, 'PUT', `/videos/${film}/save`);
  await must(who.person, 'POST', `/videos/${film}/comments`, { text: `for @${whom.person.handle}` });
}
await must(ben.person, 'PUT', `/people/${idOf(anna.person)}/follow`);
await must(anna.person, 'POST', '/gifts', { gift: 'rose', count: 1, receiver_id: idOf(ben.person) });
await must(ben.person, 'PUT', `/rooms/moderators/${idOf(anna.person)}`);
await must(anna.person, 'PUT', `/rooms/moderators/${idOf(ben.person)}`);
const friends = { person_ids: [anna, ben].map(({ person }) => idOf(person)), text: 'Friday?' };
const group = await must<{ conversation_id: string }>(stage, 'POST', '/messages', friends);
const pair = { person_ids: [idOf(ben.person)], text: 'Are you there?' };
const both = await must<{ conversation_id: string }>(anna.person, 'POST', '/messages', pair);
for (const { person, ids } of [anna, ben] as { person: TestPerson; ids: Record<string, string[]> }[]) {
  await must(person, 'PUT', `/messages/${group.conversation_id}/acceptance`);
  await must(person, 'POST', `/messages/${group.conversation_id}/items`, { text: 'I come' });
  ids.conversation_id = [group.conversation_id, both.conversation_id];
}
await house.drain();
await must(anna.person, 'PUT', `/people/${idOf(ben.person)}/block`);
await house.drain();

/** The paths by which a route can name something of the other's; with every filter that takes one of their ids. */
function pathsOf(url: string, { parameters = [] }: Operation, { ids }: Side): string[] {
  let paths = [url];
  for (const { name } of parameters.filter((parameter) => parameter.in === 'path')) {
    paths = paths.flatMap((path) => (ids[name] ?? []).map((id) => path.replace(`{${name}}`, id)));
  }
  const filters = parameters.filter((parameter) => parameter.in === 'query' && ids[parameter.name]);
  const filtered = paths.flatMap((path) =>
    filters.flatMap(({ name }) => (ids[name] ?? []).map((id) => `${path}?${name}=${id}`)),
  );
  return [...paths, ...filtered];
}

const forPeople = Object.entries(document.paths).flatMap(([url, { get }]) =>
  get && ['anyone', 'person'].includes(get['x-who']) ? [{ url, get }] : [],
);

for (const { url, get } of forPeople) {
  const why = MAY_NAME[url];
  test(`GET ${url} ${why ? `may name the other: ${why}` : 'hides both from each other'}`, async () => {
    for (const [viewer, other] of [
      [anna, ben],
      [ben, anna],
    ] as const) {
      for (const path of pathsOf(url, get, other)) {
        const reply = await viewer.person.fetch(path);
        const text = await reply.text();
        assert.ok(reply.status < 500, `${path}: ${reply.status} ${text}`);
        // A refusal repeats the address that was asked for.
        if (why || !reply.ok) continue;
        for (const trace of [idOf(other.person), `"${other.person.handle}"`, ...(other.ids.merchant_id ?? [])]) {
          assert.ok(!text.includes(trace), `${viewer.person.handle} finds ${trace} at ${path}: ${text.slice(0, 400)}`);
        }
      }
    }
  });
}

test('what is listed with a reason is a route', () => {
  const known = new Set(forPeople.map(({ url }) => url));
  assert.deepEqual(
    Object.keys(MAY_NAME).filter((url) => !known.has(url)),
    [],
  );
});

test('who is blocked finds no profile, no room, no shop; deeds towards the other are refused', async () => {
  const { ids } = anna;
  for (const path of [
    `/people/@${anna.person.handle}`,
    `/rooms/${ids.room_id?.[0]}`,
    `/products/${ids.product_id?.[0]}`,
  ]) {
    assert.equal((await ben.person.fetch(`/api${path}`)).status, 404, path);
  }
  for (const [method, path, body] of [
    ['PUT', `/people/${idOf(anna.person)}/follow`, undefined],
    ['POST', '/gifts', { gift: 'rose', count: 1, receiver_id: idOf(anna.person) }],
  ] as const) {
    const response = await ben.person.fetch(`/api${path}`, {
      method,
      headers: { 'idempotency-key': crypto.randomUUID(), ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    assert.ok([403, 404].includes(response.status), `${method} ${path}: ${response.status}`);
  }
  const socket = await watch(house, ids.room_id?.[0] ?? '', ben.person);
  const closing = socket.heard.find((message) => message.type === 'closing');
  assert.equal(closing?.type === 'closing' && closing.reason, 'not_found');
});

test('the open socket of a neutral room hides them from each other', async () => {
  const [annas, bens] = [await watch(house, neutral.id, anna.person), await watch(house, neutral.id, ben.person)];
  assert.ok(!JSON.stringify(annas.heard).includes(idOf(ben.person)));
  assert.ok(!JSON.stringify(bens.heard).includes(idOf(anna.person)));
  const visitor = await watch(house, neutral.id);
  assert.ok(JSON.stringify(visitor.heard).includes(idOf(ben.person)), 'everybody else sees both');
  assert.ok((await call(stage, 'GET', `/api/rooms/${neutral.id}`)).status === 200);
});
