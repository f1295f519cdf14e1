import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { postVideo } from '../test/video.ts';

const house = await openHouse(null);
const { ctx } = house;
const idOf = (person: TestPerson) => toWire('person', person.person_id);
const deed = async (who: TestPerson, method: 'PUT' | 'DELETE', id: string, name: 'like' | 'save') =>
  (await who.fetch(`/api/videos/${id}/${name}`, { method })).status;
const seen = async (who: TestPerson, id: string) =>
  (await who.api.GET('/api/videos/{video_id}', { params: { path: { video_id: id } } })).data;
const share = async (who: TestPerson, id: string, to: string) =>
  (
    await who.fetch(`/api/videos/${id}/shares`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to }),
    })
  ).status;
const crowd = (n: number) => Promise.all(Array.from({ length: n }, () => house.person()));

test('A1: fifty likes of fifty people at once, each three times: fifty, and each sees their own', async () => {
  const owner = await house.person();
  const { id } = await postVideo(ctx, owner.person_id);
  const fans = await crowd(50);
  const statuses = await Promise.all([...fans, ...fans, ...fans].map((fan) => deed(fan, 'PUT', id, 'like')));
  assert.deepEqual(new Set(statuses), new Set([200]));
  const view = await seen(fans[0] as TestPerson, id);
  assert.equal(view?.counts.likes, 50);
  assert.deepEqual(view?.mine, { liked: true, saved: false });
  assert.deepEqual((await seen(owner, id))?.mine, { liked: false, saved: false });
  const signedOut = await (await fetch(`${house.url}/api/videos/${id}`)).json();
  assert.deepEqual([signedOut.mine, signedOut.counts.likes], [null, 50]);
});

test('likes and their withdrawal crosswise over two videos: the counts are what the rows say (A6)', async () => {
  const owner = await house.person();
  const [one, two] = [await postVideo(ctx, owner.person_id), await postVideo(ctx, owner.person_id)];
  const fans = await crowd(20);
  await Promise.all(
    fans.flatMap((fan, i) => {
      const [first, second] = i % 2 ? [one, two] : [two, one];
      return [
        deed(fan, 'PUT', first.id, 'like'),
        deed(fan, 'PUT', second.id, 'save'),
        deed(fan, 'DELETE', first.id, 'like'),
        deed(fan, 'PUT', second.id, 'like'),
        share(fan, first.id, 'link'),
      ];
    }),
  );
  const { rows } = await ctx.db.pool.query<{ ok: boolean }>(
    `select c.likes = (select count(*) from video_likes l where l.video_id = c.video_id)
       and c.saves = (select count(*) from video_saves s where s.video_id = c.video_id)
       and c.shares = (select count(*) from video_shares s where s.video_id = c.video_id) as ok
     from video_counts c where c.video_id = any($1::uuid[])`,
    [[one.video_id, two.video_id]],
  );
  assert.deepEqual(rows, [{ ok: true }, { ok: true }]);
});

test('a share counts once for each way; what one may not see can be neither liked nor shared', async () => {
  const [owner, fan] = await crowd(2);
  assert.ok(owner && fan);
  const { id } = await postVideo(ctx, owner.person_id);
  assert.deepEqual(
    [await share(fan, id, 'link'), await share(fan, id, 'link'), await share(fan, id, 'embed')],
    [200, 200, 200],
  );
  assert.equal((await seen(fan, id))?.counts.shares, 2);
  const hidden = await postVideo(ctx, owner.person_id, { visibility: 'friends' });
  assert.equal(await deed(fan, 'PUT', hidden.id, 'like'), 404);
  assert.equal(await deed(fan, 'PUT', hidden.id, 'save'), 404);
  assert.equal(await share(fan, hidden.id, 'link'), 404);
  assert.equal(await share(fan, id, 'everywhere'), 400);
});

test('what one likes is shown when one wants it; what one saved never', async () => {
  const [owner, fan, other] = await crowd(3);
  assert.ok(owner && fan && other);
  const videos = [];
  for (let i = 0; i < 3; i += 1) {
    const video = await postVideo(ctx, owner.person_id);
    await deed(fan, 'PUT', video.id, 'like');
    await deed(fan, 'PUT', video.id, 'save');
    house.clock.advance(1_000);
    videos.unshift(video.id);
  }
  const path = `/api/videos/liked-by/${idOf(fan)}`;
  assert.equal((await other.fetch(path)).status, 403);
  const idsAt = async (who: TestPerson, address: string) =>
    (await (await who.fetch(address)).json()).items.map((video: { video_id: string }) => video.video_id);
  assert.deepEqual(await idsAt(fan, path), videos);
  await fan.api.PATCH('/api/people/me', { body: { shows_likes: true } });
  assert.deepEqual(await idsAt(other, path), videos);
  assert.deepEqual(await idsAt(fan, '/api/videos/saved'), videos);
  assert.deepEqual(await idsAt(other, '/api/videos/saved'), []);
  await fan.api.PATCH('/api/people/me', { body: { is_private: true } });
  assert.equal((await other.fetch(path)).status, 403, 'a private profile is for followers');
  const first = await (await fan.fetch(`${path}?limit=2`)).json();
  assert.deepEqual(await idsAt(fan, `${path}?limit=2&after=${first.next}`), videos.slice(2));
});

test('D2: a profile that becomes private takes its videos with it: page, list, and every byte is asked for', async () => {
  const [owner, fan, stranger] = await crowd(3);
  assert.ok(owner && fan && stranger);
  const { id, video_id } = await postVideo(ctx, owner.person_id);
  await fan.fetch(`/api/people/${idOf(owner)}/follow`, { method: 'PUT' });
  const isProtected = async () =>
    (
      await ctx.db.pool.query<{ is_protected: boolean }>(
        'select p.is_protected from packages p join videos v using (package_id) where v.video_id = $1',
        [video_id],
      )
    ).rows[0]?.is_protected;
  assert.equal(await isProtected(), false);
  await owner.api.PATCH('/api/people/me', { body: { is_private: true } });
  await house.drain();
  assert.equal(await isProtected(), true);
  assert.equal((await stranger.fetch(`/api/videos/${id}`)).status, 404);
  assert.equal((await fan.fetch(`/api/videos/${id}`)).status, 200);
  const { id: later, video_id: later_id } = await postVideo(ctx, owner.person_id);
  assert.equal((await stranger.fetch(`/api/videos/${later}`)).status, 404, later_id);
  await owner.api.PATCH('/api/people/me', { body: { is_private: false } });
  await house.drain();
  assert.equal(await isProtected(), false);
  assert.equal((await stranger.fetch(`/api/videos/${later}`)).status, 200);
});

test('the owner is told of likes in one line, and of one fan once, however often they change their mind', async () => {
  const owner = await house.person();
  const { id } = await postVideo(ctx, owner.person_id);
  const [fan, other] = await crowd(2);
  assert.ok(fan && other);
  for (const method of ['PUT', 'DELETE', 'PUT', 'DELETE', 'PUT'] as const) {
    await deed(fan, method, id, 'like');
    await house.drain();
  }
  await deed(other, 'PUT', id, 'like');
  await deed(owner, 'PUT', id, 'like');
  await house.drain();
  const { data } = await owner.api.GET('/api/notices');
  assert.deepEqual(
    data?.items.map(({ kind, count }) => [kind, count]),
    [['video.liked', 2]],
  );
});

test('an erased person’s likes, saves, shares and comments count no longer', async () => {
  const owner = await house.person();
  const { id } = await postVideo(ctx, owner.person_id);
  const own = await house.person();
  const { id: theirs } = await postVideo(ctx, own.person_id);
  await deed(own, 'PUT', id, 'like');
  await deed(own, 'PUT', id, 'save');
  await share(own, id, 'link');
  const say = (who: TestPerson, text: string, parent_id?: string) =>
    who.api.POST('/api/videos/{video_id}/comments', {
      params: { path: { video_id: id } },
      body: { text, ...(parent_id && { parent_id }) } as never,
    });
  const { data: head } = await say(own, 'first');
  await say(owner, 'below it', head?.comment_id);
  const { data: kept } = await say(owner, 'stays');
  await say(own, 'below another', kept?.comment_id);
  await own.fetch(`/api/comments/${kept?.comment_id}/like`, { method: 'PUT' });
  assert.equal((await seen(owner, id))?.counts.comments, 4);
  const { eraseSelf } = await import('../people/erasure.ts');
  const me = await ctx.authenticate(own.cookie);
  assert.ok(me);
  await eraseSelf(ctx, me);
  const view = await seen(owner, id);
  assert.deepEqual(view?.counts, { views: 0, likes: 0, comments: 1, shares: 0, saves: 0 });
  const { data } = await owner.api.GET('/api/videos/{video_id}/comments', { params: { path: { video_id: id } } });
  assert.deepEqual(
    data?.items.map(({ text, replies, likes }) => [text, replies, likes]),
    [['stays', 0, 0]],
  );
  assert.equal((await owner.fetch(`/api/videos/${theirs}`)).status, 404);
});
