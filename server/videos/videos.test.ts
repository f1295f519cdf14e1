import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { makeUpload, postVideo } from '../test/video.ts';
import { publishDue, purgeDeleted } from './jobs.ts';

const house = await openHouse(null);
const { ctx } = house;

const draftOf = async (who: TestPerson, upload_id: string, more: Record<string, unknown> = {}) => {
  const body = { upload_id: toWire('upload', upload_id), caption: 'A pot #clay', language: 'en', ...more };
  const { data, error, response } = await who.api.POST('/api/videos', { body: body as never });
  return { id: (data as { video_id: string } | undefined)?.video_id ?? '', error, status: response.status };
};
const publish = async (who: TestPerson, video_id: string, at: string | null = null) => {
  const { response, error } = await who.api.POST('/api/videos/{video_id}/publish', {
    params: { path: { video_id } },
    body: { at } as never,
  });
  return { status: response.status, code: (error as { code?: string } | undefined)?.code };
};
const statusFor = async (who: TestPerson, id: string) => (await who.fetch(`/api/videos/${id}`)).status;
const follow = (who: TestPerson, whom: TestPerson) =>
  who.fetch(`/api/people/${toWire('person', whom.person_id)}/follow`, { method: 'PUT' });

test('a draft is its owner’s alone; published, everybody sees it, also signed out', async () => {
  const [ann, ben] = [await house.person(), await house.person()];
  const { id } = await draftOf(ann, await makeUpload(ctx, ann.person_id));
  assert.equal(await statusFor(ann, id), 200);
  assert.equal(await statusFor(ben, id), 404);
  assert.equal((await fetch(`${house.url}/api/videos/${id}`)).status, 404);
  assert.deepEqual(await publish(ann, id), { status: 200, code: undefined });
  const { data } = await ben.api.GET('/api/videos/{video_id}', { params: { path: { video_id: id } } });
  assert.equal(data?.caption, 'A pot #clay');
  assert.deepEqual(data?.tags, ['clay']);
  assert.equal(data?.person.handle, ann.handle);
  assert.match(data?.playlist_url ?? '', /^\/media\/packages\/package_[0-9a-z]{26}\/master\.m3u8$/);
  assert.equal((await fetch(`${house.url}/api/videos/${id}`)).status, 200);
  assert.equal((await publish(ann, id)).code, 'video_published');
});

test('an upload becomes one post, of its owner, and not at all when it was refused', async () => {
  const [ann, ben] = [await house.person(), await house.person()];
  const upload = await makeUpload(ctx, ann.person_id);
  assert.equal((await draftOf(ben, upload)).status, 404);
  assert.equal((await draftOf(ann, upload)).status, 201);
  assert.equal((await draftOf(ann, upload)).status, 409);
  const refused = await makeUpload(ctx, ann.person_id, { state: 'refused' });
  const { error } = await draftOf(ann, refused);
  assert.equal((error as { code?: string }).code, 'upload_refused');
});

test('who may see it: everyone, followers, friends, oneself; one answer on the page and in the list', async () => {
  const owner = await house.person();
  const [stranger, follower, friend] = [await house.person(), await house.person(), await house.person()];
  await follow(follower, owner);
  await follow(friend, owner);
  await follow(owner, friend);
  const viewers = { owner, stranger, follower, friend };
  const matrix = { everyone: 'osfr', followers: 'ofr', friends: 'or', me: 'o' } as const;
  const letters: Record<string, keyof typeof viewers> = { o: 'owner', s: 'stranger', f: 'follower', r: 'friend' };
  for (const [visibility, may] of Object.entries(matrix)) {
    const { id } = await postVideo(ctx, owner.person_id, { visibility: visibility as 'me' });
    for (const [letter, name] of Object.entries(letters)) {
      const expected = may.includes(letter);
      assert.equal(await statusFor(viewers[name], id), expected ? 200 : 404, `${visibility} for ${name}`);
      const path = { person_id: toWire('person', owner.person_id) };
      const { data } = await viewers[name].api.GET('/api/videos/of/{person_id}', { params: { path } });
      assert.equal(
        data?.items.some((video) => video.video_id === id),
        expected,
        `${visibility} in the list for ${name}`,
      );
    }
  }
});

test('D2: across a block nothing is seen, in either direction; taken down, only its owner and moderators see it', async () => {
  const [ann, ben] = [await house.person(), await house.person()];
  const moderator = await house.person({ roles: ['moderator'] });
  const { id, video_id } = await postVideo(ctx, ann.person_id);
  const own = await postVideo(ctx, ben.person_id);
  await ann.fetch(`/api/people/${toWire('person', ben.person_id)}/block`, { method: 'PUT' });
  assert.deepEqual([await statusFor(ben, id), await statusFor(ann, own.id)], [404, 404]);

  const reported = await moderator.api.POST('/api/moderation/decisions', {
    body: { subject: id, outcome: 'violation', take_down: true, suspend_days: null, reason: 'Not his own' },
  });
  assert.equal(reported.response.status, 201);
  await house.drain();
  const other = await house.person();
  assert.deepEqual(
    [await statusFor(other, id), await statusFor(moderator, id), await statusFor(ann, id)],
    [404, 200, 200],
  );
  const path = { video_id: id };
  const { data } = await ann.api.GET('/api/videos/mine/{video_id}', { params: { path } });
  assert.ok(data?.hidden_at, 'the owner sees that it was taken down');
  const { rows } = await ctx.db.pool.query(
    'select is_protected from packages where package_id = (select package_id from videos where video_id = $1)',
    [video_id],
  );
  assert.deepEqual(rows, [{ is_protected: true }]);
});

test('a plan is published by the sweep when its time has come, not before; taken back, it is a draft', async () => {
  const ann = await house.person();
  const at = new Date(ctx.clock.now().getTime() + 3_600_000);
  const { id } = await draftOf(ann, await makeUpload(ctx, ann.person_id));
  const second = await draftOf(ann, await makeUpload(ctx, ann.person_id));
  await publish(ann, id, at.toISOString());
  await publish(ann, second.id, at.toISOString());
  const path = { video_id: second.id };
  assert.equal((await ann.api.DELETE('/api/videos/{video_id}/publish', { params: { path } })).response.status, 200);
  assert.equal(await publishDue(ctx, ctx.clock.now()), 0);
  house.clock.advance(3_600_000);
  assert.equal(await publishDue(ctx, ctx.clock.now()), 1);
  assert.equal(await publishDue(ctx, ctx.clock.now()), 0);
  assert.equal((await fetch(`${house.url}/api/videos/${id}`)).status, 200);
  assert.equal((await fetch(`${house.url}/api/videos/${second.id}`)).status, 404);
  const far = new Date(ctx.clock.now().getTime() + 91 * 86_400_000);
  assert.equal((await publish(ann, second.id, far.toISOString())).code, 'publish_too_far');
});

test('published while its file is still on its way, it follows when it is packaged; refused, it is a draft again', async () => {
  const ann = await house.person();
  const upload_id = await makeUpload(ctx, ann.person_id, { state: 'receiving' });
  const { id } = await draftOf(ann, upload_id);
  await publish(ann, id);
  assert.equal(await statusFor(ann, id), 404);
  await ctx.db.pool.query(`insert into packages values ($1, $2, true, 9000, 720, 1280, false, 1000, $3)`, [
    upload_id,
    ann.person_id,
    ctx.clock.now(),
  ]);
  await inTx(ctx.db, (tx) =>
    emit(tx, ctx, [{ type: 'package.ready', actor: ann.person_id, subject: upload_id, data: {} }]),
  );
  await house.drain();
  const { data } = await ann.api.GET('/api/videos/{video_id}', { params: { path: { video_id: id } } });
  assert.deepEqual([data?.state, data?.duration_ms, data?.has_sound], ['published', 9_000, false]);

  const bad = await makeUpload(ctx, ann.person_id, { state: 'receiving' });
  const draft = await draftOf(ann, bad);
  await publish(ann, draft.id);
  await inTx(ctx.db, (tx) =>
    emit(tx, ctx, [{ type: 'package.refused', actor: ann.person_id, subject: bad, data: {} }]),
  );
  await house.drain();
  const mine = await ann.api.GET('/api/videos/mine', { params: { query: { state: 'draft' } } });
  assert.deepEqual(
    mine.data?.items.map(({ video_id, state }) => [video_id, state]),
    [[draft.id, 'draft']],
  );
});

test('details change; what is deleted is gone at once, and forgotten after thirty days', async () => {
  const [ann, ben] = [await house.person(), await house.person()];
  const { id, video_id } = await postVideo(ctx, ann.person_id, { caption: '#one' });
  const body = {
    caption: 'now #two',
    language: 'de',
    visibility: 'me',
    who_comments: 'nobody',
    may_duet: false,
  } as const;
  const path = { video_id: id };
  assert.equal((await ben.api.PUT('/api/videos/{video_id}', { params: { path }, body })).response.status, 404);
  assert.equal((await ann.api.PUT('/api/videos/{video_id}', { params: { path }, body })).response.status, 200);
  assert.equal(await statusFor(ben, id), 404);
  const { data } = await ann.api.GET('/api/videos/{video_id}', { params: { path } });
  assert.deepEqual([data?.tags, data?.who_comments, data?.may_duet], [['two'], 'nobody', false]);
  assert.equal((await ben.api.DELETE('/api/videos/{video_id}', { params: { path } })).response.status, 404);
  assert.equal((await ann.api.DELETE('/api/videos/{video_id}', { params: { path } })).response.status, 200);
  assert.equal(await statusFor(ann, id), 404);
  assert.equal(await purgeDeleted(ctx, ctx.clock.now()), 0);
  house.clock.advance(31 * 86_400_000);
  assert.equal(await purgeDeleted(ctx, ctx.clock.now()), 1);
  assert.equal(await purgeDeleted(ctx, ctx.clock.now()), 0);
  const { rows } = await ctx.db.pool.query(
    'select caption, purged_at is not null as purged from videos where video_id = $1',
    [video_id],
  );
  assert.deepEqual(rows, [{ caption: '', purged: true }]);
});

test('a new post is told to followers who may see it, in one line a person, and to whom it names', async () => {
  const [ann, ben] = [await house.person({ name: 'Ann' }), await house.person({ handle: 'ben.named' })];
  await follow(ben, ann);
  await postVideo(ctx, ann.person_id, { visibility: 'friends' });
  await postVideo(ctx, ann.person_id);
  await postVideo(ctx, ann.person_id, { caption: 'with @ben.named' });
  await house.drain();
  const { data } = await ben.api.GET('/api/notices');
  const lines = data?.items.map((item) => item.line).sort();
  assert.deepEqual(lines, ['Ann has posted 2 new videos', 'Ann mentions you in a video']);
});

test('whoever leaves takes their videos along', async () => {
  const [ann, ben] = [await house.person(), await house.person()];
  const { video_id, id } = await postVideo(ctx, ann.person_id);
  const { eraseSelf } = await import('../people/erasure.ts');
  await eraseSelf(ctx, (await ctx.authenticate(ann.cookie)) as never);
  assert.equal(await statusFor(ben, id), 404);
  const { rows: files } = await ctx.db.pool.query('select file_name from uploads where owner_id = $1', [ann.person_id]);
  assert.deepEqual(files, [{ file_name: 'video' }]);
  const { rows } = await ctx.db.pool.query('select deleted_at is not null as gone from videos where video_id = $1', [
    video_id,
  ]);
  assert.deepEqual(rows, [{ gone: true }]);
});

test('what nobody posts is forgotten after a week, and can not be posted any more', async () => {
  const ann = await house.person();
  const [left, used] = [await makeUpload(ctx, ann.person_id), await makeUpload(ctx, ann.person_id)];
  const draft = await draftOf(ann, used);
  house.clock.advance(8 * 86_400_000);
  await purgeDeleted(ctx, ctx.clock.now());
  assert.equal((await draftOf(ann, left)).status, 409);
  assert.equal(await statusFor(ann, draft.id), 200);
});
