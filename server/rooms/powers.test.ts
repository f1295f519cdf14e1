/** Every cell of the table of powers in docs/rooms.md, done for real: over the socket and over HTTP. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { mintId, toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { call, goLive, type TestRoom, type Watcher, watch } from '../test/room.ts';
import { DEEDS, type RoomDeed, STANDINGS } from './powers.ts';

type Name = (typeof STANDINGS)[number];

/** `| watch: … | yes | not_found | …` */
function tableOfDocs(): Map<RoomDeed, Map<Name, string>> {
  const docs = readFileSync(new URL('../../docs/rooms.md', import.meta.url), 'utf8');
  const rows = docs.split('\n').filter((line) => line.startsWith('|') && !line.includes('---'));
  const cells = rows.map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
  const head = cells.find((row) => row[1] === 'power') ?? assert.fail('no table of powers');
  return new Map(
    DEEDS.map((deed) => {
      const row = cells.find(([, what]) => what?.startsWith(`${deed}:`)) ?? assert.fail(`${deed} is not in the table`);
      return [deed, new Map(STANDINGS.map((name) => [name, row[head.indexOf(name)] ?? '']))];
    }),
  );
}

const house = await openHouse(null);
const host = await house.person({ handle: 'hanna' });
const room = await goLive(house, host);
const people: Record<Name, TestPerson> = {
  host,
  staff: await house.person({ handle: 'stan', roles: ['moderator'] }),
  moderator: await house.person({ handle: 'mona' }),
  viewer: await house.person({ handle: 'vic' }),
  muted: await house.person({ handle: 'mute.one' }),
  blocked: await house.person({ handle: 'bert' }),
};
const others = {
  moderator: await house.person({ handle: 'other.mod' }),
  viewer: await house.person({ handle: 'other' }),
};
const idOf = (person: TestPerson) => toWire('person', person.person_id);
for (const person of [people.moderator, others.moderator]) {
  await call(host, 'PUT', `/api/rooms/moderators/${idOf(person)}`);
}
await call(host, 'PUT', `/api/rooms/${room.id}/mutes/${idOf(people.muted)}`, { for_s: null });

const sockets = new Map<TestPerson, Watcher>();
for (const person of [...Object.values(people), ...Object.values(others)]) {
  sockets.set(person, await watch(house, room.id, person));
}
// Past the bus: an open socket must not help either.
await house.ctx.db.pool.query('insert into blocks values ($1, $2, $3)', [
  host.person_id,
  people.blocked.person_id,
  house.clock.now(),
]);

async function write(person: TestPerson, text: string): Promise<{ code: string; line_id: string }> {
  house.clock.advance(1_100);
  const said = await (sockets.get(person) as Watcher).ask({ type: 'chat.send', text });
  if (said.type === 'refused') return { code: said.problem.code, line_id: '' };
  return { code: 'yes', line_id: (said.body as { line: { id: string } }).line.id };
}

async function ask(who: TestPerson, method: string, path: string, body?: object): Promise<string> {
  const answer = await call<{ code?: string }>(who, method, path, body);
  return answer.status === 200 ? 'yes' : (answer.body.code ?? `${answer.status}`);
}

const at = (path: string, { id }: TestRoom = room) => `/api/rooms/${id}${path}`;
const RULES = { slow_s: 0, followers_for_s: null, min_account_age_s: 0, subscribers_only: false, block_words: [] };
const rulesPath = `/api/rooms/hosts/${idOf(host)}/chat-rules`;
let likes = 0;

async function removeLineOf(who: TestPerson, author: TestPerson): Promise<string> {
  const { line_id } = await write(author, 'take me away');
  return ask(who, 'DELETE', at(`/lines/${line_id}`));
}

async function removeOwn(who: TestPerson, standing: Name): Promise<string> {
  let { line_id } = await write(who, 'mine');
  if (standing === 'muted' || standing === 'blocked') line_id = await oldLineOf(who);
  return ask(who, 'DELETE', at(`/lines/${line_id}`));
}

/** Said before they were muted or blocked. */
async function oldLineOf({ person_id }: TestPerson): Promise<string> {
  const event_id = mintId();
  await house.ctx.db.pool.query(
    `insert into room_events (event_id, room_id, type, person_id, data, happened_at, media_at)
     values ($1, $2, 'chat', $3, '{"text":"before"}', $4, $4)`,
    [event_id, room.room_id, person_id, house.clock.now()],
  );
  return toWire('line', event_id);
}

async function like(who: TestPerson, standing: Name): Promise<string> {
  if (standing === 'blocked') {
    const again = await watch(house, room.id, who);
    const closing = again.heard.find((message) => message.type === 'closing');
    return closing?.type === 'closing' ? closing.reason : 'it was let in';
  }
  const socket = sockets.get(who) as Watcher;
  likes += 1;
  const wanted = likes;
  socket.say({ type: 'like', count: 1 });
  await socket.until((m) => m.type === 'frame' && m.counters?.likes === wanted, 20_000);
  return 'yes';
}

async function writeLink(who: TestPerson): Promise<string> {
  assert.equal(await ask(host, 'PUT', rulesPath, { ...RULES, links_refused: true }), 'yes');
  const { code } = await write(who, 'look at https://pots.example');
  assert.equal(await ask(host, 'PUT', rulesPath, { ...RULES, links_refused: false }), 'yes');
  return code;
}

async function mute(who: TestPerson, whom: TestPerson): Promise<string> {
  const code = await ask(who, 'PUT', at(`/mutes/${idOf(whom)}`), { for_s: 300 });
  const lifted = await ask(who, 'DELETE', `/api/rooms/hosts/${idOf(host)}/mutes/${idOf(whom)}`);
  assert.equal(lifted, code, 'who may mute may also lift it');
  return code;
}

/** Asks into the picture, or to be taken into it, and lets it be. */
async function join(who: TestPerson, whom: TestPerson): Promise<string> {
  const code = await ask(who, 'PUT', at(`/cohosts/${idOf(whom)}`));
  if (code === 'yes') assert.equal(await ask(who, 'DELETE', at(`/cohosts/${idOf(whom)}`)), 'yes');
  return code;
}

/** A room of its own for each: it can end but once. */
async function end(who: TestPerson, standing: Name): Promise<string> {
  if (standing === 'host') return 'yes';
  return ask(who, 'POST', at('/end'));
}

const DO: Record<RoomDeed, (who: TestPerson, standing: Name) => Promise<string>> = {
  watch: (who) => ask(who, 'GET', at('')),
  like,
  write: async (who) => (await write(who, 'hello')).code,
  write_past_modes: writeLink,
  remove_own_line: removeOwn,
  remove_line_of_viewer: (who) => removeLineOf(who, others.viewer),
  remove_line_of_moderator: (who) => removeLineOf(who, others.moderator),
  remove_line_of_host: (who) => removeLineOf(who, host),
  mute_viewer: (who) => mute(who, others.viewer),
  mute_moderator: (who) => mute(who, others.moderator),
  mute_host: (who) => mute(who, host),
  see_mutes: (who) => ask(who, 'GET', `/api/rooms/hosts/${idOf(host)}/mutes`),
  set_chat_rules: (who) => ask(who, 'PUT', rulesPath, { ...RULES, links_refused: false }),
  lead: (who) => ask(who, 'PUT', at('/note'), { text: 'Welcome' }),
  pin: (who) => ask(who, 'PUT', at('/pin'), { thing: { type: 'product', id: toWire('product', mintId()) } }),
  invite_cohost: (who) => join(who, others.viewer),
  ask_to_join: (who) => join(who, who),
  end,
};

for (const [deed, row] of tableOfDocs()) {
  for (const [standing, expected] of row) {
    test(`D5, D9: ${deed} as ${standing}: ${expected}`, async () => {
      assert.equal(await DO[deed](people[standing], standing), expected);
    });
  }
}

test('the host ends the room last', async () => {
  assert.equal(tableOfDocs().get('end')?.get('host'), 'yes');
  assert.equal(await ask(host, 'POST', at('/end')), 'yes');
});

test('D9: a moderator of one host has no power in the rooms of another', async () => {
  const other = await house.person({ handle: 'otto' });
  const theirs = await goLive(house, other);
  const path = at(`/mutes/${idOf(others.viewer)}`, theirs);
  assert.equal(await ask(people.moderator, 'PUT', path, { for_s: 300 }), 'not_a_moderator');
  assert.equal(await ask(people.moderator, 'GET', `/api/rooms/hosts/${idOf(other)}/chat-rules`), 'not_a_moderator');
  await call(host, 'DELETE', `/api/rooms/moderators/${idOf(people.moderator)}`);
  assert.equal(await ask(people.moderator, 'GET', rulesPath), 'not_a_moderator', 'dismissed is dismissed at once');
});
