import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { areFriends, closedTo, friendsOf, mutedBy } from './index.ts';

const house = await openHouse(null);
const idOf = (person: TestPerson) => toWire('person', person.person_id);
const pathOf = (person: TestPerson) => ({ params: { path: { person_id: idOf(person) } } });
const follow = (who: TestPerson, whom: TestPerson) => who.api.PUT('/api/people/{person_id}/follow', pathOf(whom));
const unfollow = (who: TestPerson, whom: TestPerson) => who.api.DELETE('/api/people/{person_id}/follow', pathOf(whom));
const seen = async (viewer: TestPerson, whom: TestPerson) =>
  (await viewer.api.GET('/api/people/@{handle}', { params: { path: { handle: whom.handle } } })).data;
const closeProfile = (who: TestPerson, is_private = true) => who.api.PATCH('/api/people/me', { body: { is_private } });
const linesOf = async (who: TestPerson) => {
  await house.drain();
  return (await who.api.GET('/api/notices')).data?.items.map(({ kind }) => kind) ?? [];
};
const requestsOf = async (who: TestPerson) =>
  (await who.api.GET('/api/people/me/follow-requests')).data?.items.map(({ handle }) => handle);

test('a private profile is asked: nobody follows before the answer, and both are told once', async () => {
  const [owner, fan] = [await house.person(), await house.person()];
  assert.equal((await closeProfile(owner)).response.status, 200);
  assert.deepEqual((await follow(fan, owner)).data, { state: 'requested' });
  assert.deepEqual((await follow(fan, owner)).data, { state: 'requested' });
  const before = await seen(fan, owner);
  assert.equal(before?.closed, true);
  assert.equal(before?.follower_count, 0);
  assert.equal(before?.ties?.requested, true);
  assert.equal((await seen(owner, fan))?.ties?.requests_me, true);
  assert.deepEqual(await requestsOf(owner), [fan.handle]);
  assert.deepEqual(await linesOf(owner), ['people.follow_requested']);

  assert.equal((await owner.api.PUT('/api/people/me/follow-requests/{person_id}', pathOf(fan))).response.status, 200);
  const again = await owner.api.PUT('/api/people/me/follow-requests/{person_id}', pathOf(fan));
  assert.equal(again.response.status, 200, 'accepting twice is accepting');
  const after = await seen(fan, owner);
  assert.deepEqual([after?.closed, after?.follower_count, after?.ties?.following], [false, 1, true]);
  assert.deepEqual(await requestsOf(owner), []);
  assert.deepEqual(await linesOf(fan), ['people.follow_accepted']);
  assert.deepEqual(await linesOf(owner), ['people.follow_requested'], 'who accepted knows that they are followed');
  assert.deepEqual((await follow(fan, owner)).data, { state: 'following' });
});

test('a request is withdrawn, turned down in silence, or ended by a block', async () => {
  const [owner, fan] = [await house.person(), await house.person()];
  await closeProfile(owner);
  await follow(fan, owner);
  await unfollow(fan, owner);
  assert.deepEqual(await requestsOf(owner), []);
  const late = await owner.api.PUT('/api/people/me/follow-requests/{person_id}', pathOf(fan));
  assert.equal(late.response.status, 404, 'what was withdrawn cannot be accepted');
  await follow(fan, owner);
  await owner.api.DELETE('/api/people/me/follow-requests/{person_id}', pathOf(fan));
  assert.equal((await seen(fan, owner))?.ties?.requested, false);
  assert.deepEqual(await linesOf(fan), []);
  await follow(fan, owner);
  await owner.api.PUT('/api/people/{person_id}/block', pathOf(fan));
  await owner.api.DELETE('/api/people/{person_id}/block', pathOf(fan));
  assert.deepEqual(await requestsOf(owner), []);
});

test('fifty accept and withdraw at the same time: the count is what the follows say', async () => {
  const [owner, fan] = [await house.person(), await house.person()];
  await closeProfile(owner);
  await follow(fan, owner);
  await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      i % 3 === 0
        ? owner.api.PUT('/api/people/me/follow-requests/{person_id}', pathOf(fan))
        : i % 3 === 1
          ? unfollow(fan, owner)
          : follow(fan, owner),
    ),
  );
  const { rows } = await house.ctx.db.pool.query<{ n: number }>(
    'select count(*)::int as n from follows where followee_id = $1',
    [owner.person_id],
  );
  assert.equal((await seen(owner, owner))?.follower_count, rows[0]?.n);
});

test('a profile that opens takes everybody who waits; a follower can be removed', async () => {
  const owner = await house.person();
  const fans = [await house.person(), await house.person(), await house.person()];
  await closeProfile(owner);
  for (const fan of fans) await follow(fan, owner);
  await closeProfile(owner, false);
  assert.equal((await seen(owner, owner))?.follower_count, 3);
  assert.deepEqual(await requestsOf(owner), []);
  const [first] = fans as [TestPerson];
  await owner.api.DELETE('/api/people/me/followers/{person_id}', pathOf(first));
  assert.equal((await seen(first, owner))?.ties?.following, false);
  assert.equal((await seen(owner, owner))?.follower_count, 2);
});

test('friends are who follow each other; lists come in signed pages, the latest first (D11)', async () => {
  const owner = await house.person();
  const fans: TestPerson[] = [];
  for (let i = 0; i < 5; i += 1) {
    const fan = await house.person();
    fans.push(fan);
    await follow(fan, owner);
    house.clock.advance(1_000);
  }
  const [one, two] = fans as [TestPerson, TestPerson];
  await follow(owner, one);
  await follow(owner, two);
  const friends = await owner.api.GET('/api/people/me/friends');
  assert.deepEqual(new Set(friends.data?.items.map(({ handle }) => handle)), new Set([one.handle, two.handle]));
  assert.deepEqual(
    new Set(await friendsOf(house.ctx.db.pool, owner.person_id)),
    new Set([one.person_id, two.person_id]),
  );
  const pairs: [string, string][] = [
    [owner.person_id, one.person_id],
    [owner.person_id, (fans[2] as TestPerson).person_id],
  ];
  assert.deepEqual(await areFriends(house.ctx.db.pool, pairs), [true, false]);

  const seenHandles: string[] = [];
  let after: string | undefined;
  do {
    const { data } = await one.api.GET('/api/people/{person_id}/followers', {
      params: { path: { person_id: idOf(owner) }, query: { limit: 2, ...(after && { after }) } },
    });
    seenHandles.push(...(data?.items.map(({ handle }) => handle) ?? []));
    after = data?.next ?? undefined;
  } while (after);
  assert.deepEqual(seenHandles, fans.map(({ handle }) => handle).toReversed());
  const forged = await one.fetch(`/api/people/${idOf(owner)}/followers?after=WyIyIiwiMyJd.AAAA`);
  assert.equal(forged.status, 400);
});

test('the ties of a private profile are for its followers', async () => {
  const [owner, fan, stranger] = [await house.person(), await house.person(), await house.person()];
  await follow(fan, owner);
  await closeProfile(owner);
  for (const list of ['followers', 'following'] as const) {
    const path = `/api/people/${idOf(owner)}/${list}`;
    assert.equal((await fan.fetch(path)).status, 200);
    assert.equal((await owner.fetch(path)).status, 200);
    const refused = await stranger.fetch(path);
    assert.equal(refused.status, 403);
    assert.equal((await refused.json()).code, 'profile_private');
    assert.equal((await fetch(house.url + path)).status, 403, 'signed out');
  }
  const q = house.ctx.db.pool;
  assert.deepEqual([...(await closedTo(q, stranger.person_id, [owner.person_id, fan.person_id]))], [owner.person_id]);
  assert.deepEqual([...(await closedTo(q, fan.person_id, [owner.person_id]))], []);
  assert.deepEqual([...(await closedTo(q, null, [owner.person_id]))], [owner.person_id]);
});

test('who is muted never knows: their profile and answers stay, and the muter hears no more of their deeds', async () => {
  const [muter, loud] = [await house.person(), await house.person()];
  await follow(muter, loud);
  const before = await seen(loud, muter);
  assert.equal((await muter.api.PUT('/api/people/{person_id}/mute', pathOf(loud))).response.status, 200);
  assert.equal((await muter.api.PUT('/api/people/{person_id}/mute', pathOf(loud))).response.status, 200);
  assert.deepEqual(await seen(loud, muter), before, 'the muted sees what they saw');
  assert.equal((await seen(muter, loud))?.ties?.muted_by_me, true);
  assert.deepEqual(await mutedBy(house.ctx.db.pool, muter.person_id), [loud.person_id]);
  assert.deepEqual((await follow(loud, muter)).data, { state: 'following' });
  assert.deepEqual(await linesOf(muter), []);
  assert.equal((await loud.api.GET('/api/people/me/mutes')).data?.items.length, 0);
  await muter.api.DELETE('/api/people/{person_id}/mute', pathOf(loud));
  assert.deepEqual(await mutedBy(house.ctx.db.pool, muter.person_id), []);
});
