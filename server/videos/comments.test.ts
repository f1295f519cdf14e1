import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toWire } from '../kernel/ids.ts';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { postVideo } from '../test/video.ts';
import { judgeComment } from './index.ts';
import { purge } from './talk_jobs.ts';

const house = await openHouse(null);
const { ctx } = house;
const idOf = (person: TestPerson) => toWire('person', person.person_id);

interface View {
  comment_id: string;
  text: string;
  replies: number;
  likes: number;
  liked: boolean;
  liked_by_owner: boolean;
  pinned: boolean;
  held_for: string | null;
  answers: { handle: string } | null;
  parent_id: string | null;
  code?: string;
}

async function ask<T>(who: TestPerson | null, method: string, path: string, body?: object, key?: string) {
  const headers = {
    ...(who && { cookie: who.cookie }),
    ...(body && { 'content-type': 'application/json' }),
    'idempotency-key': key ?? crypto.randomUUID(),
  };
  const reply = await fetch(`${house.url}/api${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: reply.status, body: (await reply.json()) as T };
}
const say = async (who: TestPerson, id: string, text: string, parent_id: string | null = null) =>
  ask<View>(who, 'POST', `/videos/${id}/comments`, { text, parent_id });
const said = async (who: TestPerson, id: string, text: string, parent_id: string | null = null) => {
  const { status, body } = await say(who, id, text, parent_id);
  assert.equal(status, 201, JSON.stringify(body));
  // A person says no more than ten things at once.
  house.clock.advance(10_000);
  return body;
};
const list = async (who: TestPerson | null, id: string, query = '') =>
  (await ask<{ items: View[]; next: string | null }>(who, 'GET', `/videos/${id}/comments${query}`)).body;
const texts = async (who: TestPerson | null, id: string, query = '') =>
  (await list(who, id, query)).items.map(({ text }) => text);
const countOf = async (who: TestPerson, id: string) =>
  (await ask<{ counts: { comments: number } }>(who, 'GET', `/videos/${id}`)).body.counts.comments;
const kindsOf = async (who: TestPerson) => {
  await house.drain();
  return (await ask<{ items: { kind: string }[] }>(who, 'GET', '/notices')).body.items.map(({ kind }) => kind);
};

test('a comment, an answer, an answer to the answer: one level, and whom it answers stands there', async () => {
  const [owner, ann, ben] = [await house.person(), await house.person(), await house.person()];
  const { id } = await postVideo(ctx, owner.person_id);
  const head = await said(ann, id, 'What glaze is it?');
  const reply = await said(owner, id, 'Celadon.', head.comment_id);
  const again = await said(ben, id, 'Fired at what heat?', reply.comment_id);
  assert.equal(again.parent_id, head.comment_id);
  assert.equal(again.answers?.handle, owner.handle);
  assert.equal(reply.answers, null);
  const [top] = (await list(null, id)).items;
  assert.equal(top?.replies, 2);
  const replies = await ask<{ items: View[] }>(null, 'GET', `/comments/${head.comment_id}/replies`);
  assert.deepEqual(
    replies.body.items.map(({ text }) => text),
    ['Celadon.', 'Fired at what heat?'],
  );
  assert.equal(await countOf(owner, id), 3);
  assert.deepEqual(await kindsOf(ann), ['video.comment_answered']);
  assert.deepEqual((await kindsOf(owner)).toSorted(), ['video.comment_answered', 'video.commented']);
});

test('the pinned one first, then the most liked, of equals the newest; pages neither repeat nor skip', async () => {
  const owner = await house.person();
  const fans = await Promise.all(Array.from({ length: 4 }, () => house.person()));
  const { id } = await postVideo(ctx, owner.person_id);
  const comments: View[] = [];
  for (let i = 0; i < 9; i += 1) comments.push(await said(fans[i % 4] as TestPerson, id, `comment ${i}`));
  const likes = async (at: number, n: number) => {
    for (const fan of fans.slice(0, n)) await ask(fan, 'PUT', `/comments/${comments[at]?.comment_id}/like`);
  };
  await likes(2, 3);
  await likes(5, 3);
  await likes(7, 1);
  assert.equal((await ask(fans[0] as TestPerson, 'PUT', `/comments/${comments[0]?.comment_id}/pin`)).status, 403);
  assert.equal((await ask(owner, 'PUT', `/comments/${comments[1]?.comment_id}/pin`)).status, 200);
  assert.equal((await ask(owner, 'PUT', `/comments/${comments[0]?.comment_id}/pin`)).status, 200);
  const expected = [0, 5, 2, 7, 8, 6, 4, 3, 1].map((n) => `comment ${n}`);
  const found: string[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const page = await list(owner, id, `?limit=2${after && `&after=${after}`}`);
    found.push(...page.items.map(({ text }) => text));
    after = page.next;
  }
  assert.deepEqual(found, expected);
  assert.deepEqual(await texts(null, id, '?order=newest'), expected.toSorted().toReversed());
  await ask(owner, 'PUT', `/comments/${comments[5]?.comment_id}/like`);
  assert.equal((await list(null, id)).items.find(({ text }) => text === 'comment 5')?.liked_by_owner, true);
  const forged = await ask(null, 'GET', `/videos/${id}/comments?after=WzFd.AAAAAAAAAAAAAAAA`);
  assert.equal(forged.status, 400);
});

test('A1: fifty likes of a comment and as many comments at once: exact, and a key twice is one comment', async () => {
  const owner = await house.person();
  const fans = await Promise.all(Array.from({ length: 50 }, () => house.person()));
  const { id } = await postVideo(ctx, owner.person_id);
  const { comment_id } = await said(owner, id, 'Who comes on Friday?');
  await Promise.all([
    ...fans.flatMap((fan) => [
      ask(fan, 'PUT', `/comments/${comment_id}/like`),
      ask(fan, 'PUT', `/comments/${comment_id}/like`),
    ]),
    ...fans.map((fan, i) => say(fan, id, `me ${i}`, i % 2 ? comment_id : null)),
  ]);
  const head = (await list(fans[0] as TestPerson, id)).items.find((one) => one.comment_id === comment_id);
  assert.deepEqual([head?.likes, head?.replies, head?.liked], [50, 25, true]);
  assert.equal(await countOf(owner, id), 51);
  const key = crypto.randomUUID();
  const twice = await Promise.all(
    [1, 2].map(() => ask<View>(fans[0] as TestPerson, 'POST', `/videos/${id}/comments`, { text: 'once' }, key)),
  );
  assert.equal(twice[0]?.body.comment_id, twice[1]?.body.comment_id);
  assert.equal(await countOf(owner, id), 52);
});

test('who may comment: followers, friends, nobody; the owner always; never across a block', async () => {
  const [owner, stranger, follower, friend] = await Promise.all(Array.from({ length: 4 }, () => house.person()));
  assert.ok(owner && stranger && follower && friend);
  const follow = (who: TestPerson, whom: TestPerson) => ask(who, 'PUT', `/people/${idOf(whom)}/follow`);
  await follow(follower, owner);
  await follow(friend, owner);
  await follow(owner, friend);
  const matrix = {
    everyone: [201, 201, 201],
    followers: ['comments_for_followers', 201, 201],
    friends: ['comments_for_friends', 'comments_for_friends', 201],
    nobody: ['comments_closed', 'comments_closed', 'comments_closed'],
  } as const;
  for (const [who_comments, expected] of Object.entries(matrix)) {
    const { id } = await postVideo(ctx, owner.person_id, { who_comments: who_comments as 'nobody' });
    const found = [];
    for (const who of [stranger, follower, friend]) {
      const { status, body } = await say(who, id, 'hello');
      found.push(status === 201 ? 201 : body.code);
    }
    assert.deepEqual(found, expected, who_comments);
    assert.equal((await say(owner, id, 'mine')).status, 201);
    house.clock.advance(60_000);
  }
  const { id } = await postVideo(ctx, owner.person_id);
  const third = await postVideo(ctx, friend.person_id);
  const words = await said(stranger, third.id, 'below a third person’s video');
  await ask(owner, 'PUT', `/people/${idOf(stranger)}/block`);
  assert.equal((await say(stranger, id, 'hello')).status, 404);
  assert.deepEqual(await texts(owner, third.id), [], 'a blocked person’s words are hidden elsewhere, too');
  assert.equal((await ask(owner, 'GET', `/comments/${words.comment_id}`)).status, 404);
  assert.equal((await ask(owner, 'PUT', `/comments/${words.comment_id}/like`)).status, 404);
  assert.deepEqual(await texts(friend, third.id), ['below a third person’s video']);
});

test('what the owner’s filter catches waits for them: its author and the owner see it, nobody else, and it is not counted', async () => {
  const [owner, fan, other] = [await house.person(), await house.person(), await house.person()];
  const { id } = await postVideo(ctx, owner.person_id);
  const filter = { words: ['scheiße', 'arsch*'], holds_links: true, holds_all: false };
  assert.equal((await ask(owner, 'PUT', '/videos/comments/filter', filter)).status, 200);
  const held = await said(fan, id, 'So eine $ch3iße!');
  assert.equal(held.held_for, 'word');
  assert.equal((await said(fan, id, 'look at shop (dot) example.com/x')).held_for, 'link');
  const open = await said(fan, id, 'Der Marsch war schön');
  assert.equal(open.held_for, null);
  assert.equal((await said(owner, id, 'Scheiße, das war knapp')).held_for, null, 'the owner’s own words');
  assert.equal(await countOf(owner, id), 2);
  assert.equal((await list(other, id)).items.length, 2);
  assert.equal((await list(fan, id)).items.length, 4);
  assert.equal((await ask(other, 'GET', `/comments/${held.comment_id}`)).status, 404);
  assert.equal((await ask(other, 'PUT', `/comments/${held.comment_id}/approval`)).status, 404);
  assert.equal((await ask(fan, 'PUT', `/comments/${held.comment_id}/approval`)).status, 403);
  const waiting = await ask<{ items: View[] }>(owner, 'GET', '/videos/comments/held');
  assert.equal(waiting.body.items.length, 2);
  assert.ok((await kindsOf(owner)).includes('video.comment_held'));
  assert.equal((await ask(owner, 'PUT', `/comments/${held.comment_id}/approval`)).status, 200);
  assert.equal((await ask(owner, 'PUT', `/comments/${held.comment_id}/approval`)).status, 200);
  assert.equal(await countOf(owner, id), 3);
  assert.equal((await list(other, id)).items.length, 3);
});

test('the author and the owner delete, others may not; a thread goes whole; moderation puts back what it took', async () => {
  const [owner, ann, ben] = [await house.person(), await house.person(), await house.person()];
  const { id } = await postVideo(ctx, owner.person_id);
  const head = await said(ann, id, 'head');
  const reply = await said(ben, id, 'reply', head.comment_id);
  await said(owner, id, 'another reply', head.comment_id);
  const own = await said(ben, id, 'own');
  assert.equal((await ask(ann, 'DELETE', `/comments/${own.comment_id}`)).status, 403);
  assert.equal((await ask(ben, 'DELETE', `/comments/${own.comment_id}`)).status, 200);
  assert.equal((await ask(ben, 'DELETE', `/comments/${own.comment_id}`)).status, 404);
  assert.equal(await countOf(owner, id), 3);
  const uuid =
    (await ctx.db.pool.query<{ comment_id: string }>('select comment_id from comments where body_text = $1', ['head']))
      .rows[0]?.comment_id ?? '';
  await judgeComment(ctx, uuid, true);
  await judgeComment(ctx, uuid, true);
  assert.equal(await countOf(owner, id), 0);
  assert.equal((await ask(ben, 'GET', `/comments/${reply.comment_id}`)).status, 404);
  await judgeComment(ctx, uuid, false);
  await judgeComment(ctx, uuid, false);
  assert.equal(await countOf(owner, id), 3);
  assert.equal((await list(null, id)).items[0]?.replies, 2);
  assert.equal((await ask(owner, 'DELETE', `/comments/${reply.comment_id}`)).status, 200);
  assert.equal((await list(null, id)).items[0]?.replies, 1);
  house.clock.advance(31 * 86_400_000);
  assert.ok((await purge(ctx)) >= 2);
  assert.deepEqual(await texts(null, id), ['head']);
});

test('a comment can be reported by anybody, and a decision takes it away', async () => {
  const [owner, fan] = [await house.person(), await house.person()];
  const moderator = await house.person({ roles: ['moderator'] });
  const { id } = await postVideo(ctx, owner.person_id);
  const { comment_id } = await said(fan, id, 'something unkind');
  const market = await ask<{ report_reasons: { reason: string }[] }>(null, 'GET', '/markets/DE');
  const [first] = market.body.report_reasons;
  const report = await ask(null, 'POST', '/reports', { subject: comment_id, reason: first?.reason, details: '' });
  assert.equal(report.status, 201, JSON.stringify(report.body));
  const queue = await ask<{ items: { subject: string; title: string }[] }>(moderator, 'GET', '/moderation/cases');
  assert.equal(queue.body.items?.[0]?.title, 'something unkind', JSON.stringify(queue.body));
});

test('D6, D16: hostile text is kept as text or refused, never 500', async () => {
  const [owner, fan] = [await house.person(), await house.person()];
  const { id } = await postVideo(ctx, owner.person_id);
  const script = '<script>alert(1)</script><img src=x onerror=alert(1)>';
  assert.equal((await said(fan, id, script)).text, script);
  assert.equal((await said(fan, id, 'a\u202eb\u200bc')).text, 'abc');
  for (const body of [
    { text: '' },
    { text: ' \u200b\n ' },
    { text: 'x'.repeat(501) },
    { text: 7 },
    { text: 'a\u0000b' },
    { text: 'ok', parent_id: 'comment_00000000000000000000000000x' },
  ]) {
    assert.equal((await ask(fan, 'POST', `/videos/${id}/comments`, body)).status, 400, JSON.stringify(body));
  }
  const lone = await ask(fan, 'POST', `/videos/${id}/comments`, { text: 'x\ud800y' });
  assert.ok([201, 400].includes(lone.status), `${lone.status}`);
  const stray = toWire('comment', '00000000-0000-7000-8000-000000000000');
  assert.equal((await say(fan, id, 'to nobody', stray)).status, 404);
});

test('F6: a flood of one person is stopped, others go on', async () => {
  const [owner, loud, calm] = [await house.person(), await house.person(), await house.person()];
  const { id } = await postVideo(ctx, owner.person_id);
  const statuses = [];
  for (let i = 0; i < 12; i += 1) statuses.push((await say(loud, id, `spam ${i}`)).status);
  assert.deepEqual(statuses.slice(0, 10), Array(10).fill(201));
  assert.deepEqual(statuses.slice(10), [429, 429]);
  assert.equal((await say(calm, id, 'hello')).status, 201);
});

test('who is named is told, once, and only who may see the video', async () => {
  const [owner, fan, named, blocked] = await Promise.all(Array.from({ length: 4 }, () => house.person()));
  assert.ok(owner && fan && named && blocked);
  const { id } = await postVideo(ctx, owner.person_id);
  await ask(blocked, 'PUT', `/people/${idOf(fan)}/block`);
  await said(fan, id, `@${named.handle} @${named.handle} @${owner.handle} @${blocked.handle} @nobody.at.all look`);
  assert.deepEqual(await kindsOf(named), ['video.comment_mentioned']);
  assert.deepEqual(await kindsOf(owner), ['video.commented']);
  assert.deepEqual(await kindsOf(blocked), []);
  const secret = await postVideo(ctx, owner.person_id, { visibility: 'me' });
  await said(owner, secret.id, `@${named.handle} not for you`);
  assert.deepEqual(await kindsOf(named), ['video.comment_mentioned']);
});
