import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromWire, toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { makeUpload, postVideo } from '../test/video.ts';
import { titleOf } from './sounds.ts';

const house = await openHouse(null);
const { ctx } = house;

interface Borrow {
  sound_id?: string;
  duet_of?: string;
}

const draft = async (who: TestPerson, more: Borrow) => {
  const upload_id = toWire('upload', await makeUpload(ctx, who.person_id));
  const body = { upload_id, caption: 'Mine', language: 'en' as const, ...more };
  const { data, error } = await who.api.POST('/api/videos', { body });
  return { id: data?.video_id ?? '', code: (error as { code?: string } | undefined)?.code };
};
const publish = async (who: TestPerson, video_id: string) => {
  const params = { path: { video_id } };
  const { error } = await who.api.POST('/api/videos/{video_id}/publish', { params, body: {} });
  return (error as { code?: string } | undefined)?.code;
};
const videoOf = async (who: TestPerson, video_id: string) =>
  (await who.api.GET('/api/videos/{video_id}', { params: { path: { video_id } } })).data;
const soundOf = async (who: TestPerson, sound_id: string) =>
  (await who.api.GET('/api/sounds/{sound_id}', { params: { path: { sound_id } } })).data;
const permit = (who: TestPerson, sound_id: string, allowed: boolean) =>
  who.api.PUT('/api/sounds/{sound_id}/permission', { params: { path: { sound_id } }, body: { allowed } });
const block = (who: TestPerson, whom: TestPerson) =>
  who.fetch(`/api/people/${toWire('person', whom.person_id)}/block`, { method: 'PUT' });

/** A published video with its sound. */
async function heard(owner: TestPerson, wish = {}) {
  const { id } = await postVideo(ctx, owner.person_id, { caption: 'Rain on the kiln #clay', ...wish });
  return { id, sound_id: (await videoOf(owner, id))?.sound?.sound_id ?? '' };
}

test('what is published with sound becomes a sound of its owner; what is silent does not', async () => {
  const ann = await house.person();
  const { id, sound_id } = await heard(ann);
  const sound = await soundOf(ann, sound_id);
  assert.equal(sound?.title, 'Rain on the kiln');
  assert.equal(sound?.owner.handle, ann.handle);
  assert.equal(sound?.video_id, id);
  assert.equal(sound?.uses, 1);
  const silent = await heard(ann, { has_sound: false });
  assert.equal(silent.sound_id, '');
});

test('another films with a sound: it is credited, counted and stands on the sound’s page', async () => {
  const [ann, ben] = [await house.person(), await house.person()];
  const { id: first, sound_id } = await heard(ann);
  assert.match((await soundOf(ben, sound_id))?.playlist_url ?? '', /master\.m3u8$/);
  const { id } = await draft(ben, { sound_id });
  assert.equal(await publish(ben, id), undefined);
  assert.equal((await videoOf(ann, id))?.sound?.owner.handle, ann.handle);
  const { data } = await ann.api.GET('/api/sounds/{sound_id}/videos', { params: { path: { sound_id } } });
  assert.deepEqual(
    data?.items.map(({ video_id }) => video_id),
    [id, first],
  );
  assert.equal((await soundOf(ann, sound_id))?.uses, 2);
});

test('a withdrawn sound is not used further, not even by a draft; what was published stays credited', async () => {
  const [ann, ben] = [await house.person(), await house.person()];
  const { sound_id } = await heard(ann);
  const out = await draft(ben, { sound_id });
  await publish(ben, out.id);
  const waiting = await draft(ben, { sound_id });
  assert.equal((await permit(ben, sound_id, false)).response.status, 404);
  assert.equal((await permit(ann, sound_id, false)).response.status, 200);
  assert.equal((await draft(ben, { sound_id })).code, 'sound_withdrawn');
  assert.equal(await publish(ben, waiting.id), 'sound_withdrawn');
  assert.equal((await videoOf(ben, out.id))?.sound?.sound_id, sound_id);
  const seen = await soundOf(ben, sound_id);
  assert.deepEqual([seen?.withdrawn, seen?.playlist_url], [true, null]);
  assert.equal((await draft(ann, { sound_id })).code, undefined, 'one’s own is free');
  await permit(ann, sound_id, true);
  assert.equal(await publish(ben, waiting.id), undefined);
});

test('a sound is renamed by its owner alone', async () => {
  const [ann, ben] = [await house.person(), await house.person()];
  const { sound_id } = await heard(ann);
  const rename = (who: TestPerson, title: string) =>
    who.api.PUT('/api/sounds/{sound_id}', { params: { path: { sound_id } }, body: { title } });
  assert.equal((await rename(ben, 'Mine now')).response.status, 404);
  assert.equal((await rename(ann, ' Kiln\u202e rain ')).response.status, 200);
  assert.equal((await soundOf(ben, sound_id))?.title, 'Kiln rain');
});

test('a duet is credited and linked, and refused where its owner does not allow it', async () => {
  const [ann, ben] = [await house.person(), await house.person()];
  const { id } = await postVideo(ctx, ann.person_id);
  const duet = await draft(ben, { duet_of: id });
  assert.equal(await publish(ben, duet.id), undefined);
  const seen = await videoOf(ben, duet.id);
  assert.deepEqual([seen?.duet_of?.video_id, seen?.duet_of?.person.handle], [id, ann.handle]);
  const { id: closed } = await postVideo(ctx, ann.person_id, { may_duet: false });
  assert.equal((await draft(ben, { duet_of: closed })).code, 'duet_not_allowed');
  assert.equal((await draft(ann, { duet_of: closed })).code, undefined, 'one’s own is free');
});

test('across a block, either way, neither sound nor duet is to be had', async () => {
  for (const blocker of ['maker', 'owner'] as const) {
    const [ann, ben] = [await house.person(), await house.person()];
    const { id, sound_id } = await heard(ann);
    await (blocker === 'owner' ? block(ann, ben) : block(ben, ann));
    assert.equal((await draft(ben, { sound_id })).code, 'not_found', blocker);
    assert.equal((await draft(ben, { duet_of: id })).code, 'not_found', blocker);
    assert.equal(await soundOf(ben, sound_id), undefined, blocker);
  }
});

test('what only some may see is not carried out by a sound or a duet', async () => {
  const [ann, ben] = [await house.person(), await house.person()];
  await ben.fetch(`/api/people/${toWire('person', ann.person_id)}/follow`, { method: 'PUT' });
  const { id, sound_id } = await heard(ann, { visibility: 'followers' });
  assert.ok(await videoOf(ben, id), 'a follower sees it');
  assert.equal((await draft(ben, { sound_id })).code, 'sound_withdrawn');
  assert.equal((await draft(ben, { duet_of: id })).code, 'duet_not_allowed');
  const { rows } = await ctx.db.pool.query('select 1 from sounds where sound_id = $1', [fromWire('sound', sound_id)]);
  assert.equal(rows.length, 1);
});

test('a sound is called after its video’s first words, else after its owner', () => {
  assert.equal(titleOf('Rain on the kiln #clay @mira\nmore', 'Ann'), 'Rain on the kiln');
  assert.equal(titleOf('#clay', 'Ann'), 'Ann');
  assert.equal(titleOf('🏺'.repeat(200), 'Ann').length, 100);
});
