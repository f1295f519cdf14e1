import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import openapi from '../../sdk/openapi.json' with { type: 'json' };
import { fromWire, toWire } from '../kernel/ids.ts';
import { openHouse } from '../test/harness.ts';
import { type Encoder, encoderFor } from '../test/publish.ts';
import { eraseLeftRehearsals } from './index.ts';

let house: Awaited<ReturnType<typeof openHouse>>;
before(async (t) => {
  house = await openHouse(t as never);
});

type Person = Awaited<ReturnType<typeof house.person>>;

async function rehearse(host: Person): Promise<{ id: string; encoder: Encoder }> {
  const { data, response } = await host.api.POST('/api/media/rehearsals');
  assert.equal(response.status, 201);
  const { stream_id: id = '', stream_key = '' } = data ?? {};
  return { id, encoder: encoderFor(house, fromWire('stream', id), stream_key) };
}

/** Sends two pictures for three seconds. */
async function send(encoder: Encoder): Promise<void> {
  await encoder.open();
  await encoder.openLow();
  for (let i = 0; i < 3; i += 1) {
    await encoder.sendLow();
    assert.equal((await encoder.send()).status, 200);
  }
  await house.drain();
}

const FILES = [
  'master.m3u8',
  'live-1.m3u8',
  'live-1-low.m3u8',
  'init-1.mp4',
  'seg-0.m4s',
  'low-init-1.mp4',
  'low-0.m4s',
];

const statusOf = async (path: string, person?: Person) =>
  (await fetch(house.url + path, person ? { headers: { cookie: person.cookie } } : {})).status;

/** The tables in which an id stands anywhere. */
async function tablesWith(uuid: string): Promise<string[]> {
  const { rows } = await house.ctx.db.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rows: hits } = await house.ctx.db.pool.query(`select from "${name}" t where t::text like $1 limit 1`, [
      `%${uuid}%`,
    ]);
    if (hits.length > 0) found.push(name);
  }
  return found.sort();
}

const filesOf = (uuid: string) => {
  try {
    return readdirSync(join(house.ctx.config.data_dir, 'storage/streams', uuid));
  } catch {
    return [];
  }
};

/** Every address of the API that needs no id, as this person reads it. */
async function readAll(person?: Person): Promise<string> {
  const paths = Object.entries(openapi.paths).filter(([path, verbs]) => 'get' in verbs && !path.includes('{'));
  assert.ok(paths.length > 20);
  const texts = await Promise.all(
    paths.map(async ([path]) => {
      const headers: Record<string, string> = person ? { cookie: person.cookie } : {};
      return (await fetch(house.url + path, { headers })).text();
    }),
  );
  return texts.join('\n');
}

test('a rehearsal is seen by its host alone: no room, no event, no message, no list knows of it', async () => {
  const [host, fan] = [await house.person({ name: 'Mira' }), await house.person()];
  await fan.api.PUT('/api/people/{person_id}/follow', {
    params: { path: { person_id: toWire('person', host.person_id) } },
  });
  await house.drain();
  const before_ = { fan: await readAll(fan), outbox: await countOf('outbox'), notices: await countOf('notices') };

  const { id, encoder } = await rehearse(host);
  await send(encoder);
  const uuid = encoder.stream_id;
  assert.deepEqual(await tablesWith(uuid), ['stream_low_runs', 'stream_runs', 'stream_segments', 'streams']);
  assert.equal(await countOf('outbox'), before_.outbox, 'no event');
  assert.equal(await countOf('notices'), before_.notices, 'no message');
  for (const file of FILES) {
    const path = `/media/streams/${id}/${file}`;
    assert.equal(await statusOf(path, host), 200, file);
    assert.equal(await statusOf(path, fan), 404, file);
    assert.equal(await statusOf(path), 404, file);
  }
  assert.equal(await statusOf(`/api/media/streams/${id}`, host), 200);
  assert.equal(await statusOf(`/api/media/streams/${id}`, fan), 404);
  assert.equal(await statusOf(`/api/media/streams/${id}`), 404);

  for (const reader of [undefined, fan]) assert.ok(!(await readAll(reader)).includes(id), 'no list names it');
  const asRoom = id.replace('stream_', 'room_');
  for (const path of ['', '/timeline', '/poll', '/questions', '/summary']) {
    assert.equal(await statusOf(`/api/rooms/${asRoom}${path}`, host), 404, `there is no room: ${path}`);
  }
  const gift = { body: { gift: 'rose', count: 1, to: toWire('person', host.person_id), room_id: asRoom } };
  const given = await fan.fetch('/api/gifts', { method: 'POST', body: JSON.stringify(gift.body) });
  assert.ok(given.status >= 400, 'nobody gives into it');
  const lives = await fan.api.GET('/api/rooms', { params: { query: { host_id: toWire('person', host.person_id) } } });
  assert.deepEqual(lives.data?.items, []);

  const foreign = await fan.api.DELETE('/api/media/rehearsals/{stream_id}', { params: { path: { stream_id: id } } });
  assert.equal(foreign.response.status, 404, 'nobody else ends it');
  for (let i = 0; i < 2; i += 1) {
    const ended = await host.api.DELETE('/api/media/rehearsals/{stream_id}', { params: { path: { stream_id: id } } });
    assert.equal(ended.response.status, 200);
  }
  assert.deepEqual(await tablesWith(uuid), [], 'nothing is left');
  assert.deepEqual(filesOf(uuid), []);
  assert.equal(await statusOf(`/media/streams/${id}/seg-0.m4s`, host), 404);
  assert.ok((await encoder.send()).status >= 400, 'and nothing more is taken');
  assert.deepEqual(filesOf(uuid), []);
});

test('one rehearsal at a time; one that was left is erased; a live of the same host goes on beside it', async () => {
  const host = await house.person();
  const room = await host.api.POST('/api/rooms', { body: { title: 'For real', language: 'en' } });
  const live = encoderFor(house, fromWire('stream', room.data?.stream_id ?? ''), room.data?.stream_key ?? '');
  const first = await rehearse(host);
  await send(first.encoder);
  const second = await rehearse(host);
  assert.deepEqual(await tablesWith(first.encoder.stream_id), []);
  await send(second.encoder);
  await live.open();
  assert.equal((await live.send()).status, 200);

  house.clock.advance(119_000);
  assert.equal(await eraseLeftRehearsals(house.ctx, house.clock.now()), 0);
  house.clock.advance(2_000);
  assert.equal(await eraseLeftRehearsals(house.ctx, house.clock.now()), 1);
  assert.deepEqual(await tablesWith(second.encoder.stream_id), []);
  assert.deepEqual(filesOf(second.encoder.stream_id), []);
  assert.equal((await live.send()).status, 200, 'the live is none');
});

test('who may not go live does not rehearse', async () => {
  const child = await house.person({ born_on: '2014-01-01' });
  const { response } = await child.api.POST('/api/media/rehearsals');
  assert.equal(response.status, 403);
});

async function countOf(table: string): Promise<number> {
  const { rows } = await house.ctx.db.pool.query<{ n: bigint }>(`select count(*) as n from "${table}"`);
  return Number(rows[0]?.n);
}
