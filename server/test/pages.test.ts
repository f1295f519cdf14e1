/** What a link shows when it is passed on: heads of pages, oEmbed, and the one page that others may frame. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toWire } from '../kernel/ids.ts';
import { openHouse } from './harness.ts';
import { goLive } from './room.ts';
import { TRADER } from './shop.ts';
import { postVideo } from './video.ts';

const house = await openHouse(null);
const ORIGIN = house.ctx.config.public_url;
const page = async (path: string, cookie?: string) => {
  const reply = await fetch(house.url + path, cookie ? { headers: { cookie } } : {});
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
};
const oembed = async (path: string, more = '') => {
  const reply = await fetch(`${house.url}/api/oembed?url=${encodeURIComponent(ORIGIN + path)}${more}`);
  return { status: reply.status, body: await reply.json() };
};
/** The content of a tag, still escaped. */
const tag = (text: string, name: string) =>
  new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)" />`).exec(text)?.[1];

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert('1')> & $& \u202e`;
const ESCAPED =
  '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(&#39;1&#39;)&gt; &amp; $&amp;';

test('D6: what people wrote stands escaped in the head of video, profile, live and product', async () => {
  const owner = await house.person({ handle: 'hostile.head' });
  await owner.api.PATCH('/api/people/me', { body: { bio: HOSTILE.slice(0, -2), name: '<b>"Ann"</b>' } });
  const { id } = await postVideo(house.ctx, owner.person_id, { caption: HOSTILE });
  const room = await goLive(house, owner, HOSTILE.slice(0, -2));
  const post = async (path: string, body: object) =>
    (
      await owner.fetch(`/api${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify(body),
      })
    ).json();
  await post('/merchants', TRADER);
  const variants = [{ option_values: ['Blue'], price: '1900', stock: 3 }];
  const { product_id } = await post('/products', {
    title: 'Mug </title>',
    description: HOSTILE.slice(0, -2),
    vat_class: 'standard',
    option_names: ['Colour'],
    variants,
  });
  assert.equal((await page(`/products/${product_id}`)).text.includes('Mug'), false, 'a draft is nobody’s business');
  await owner.fetch(`/api/products/${product_id}/published`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ published: true }),
  });
  for (const path of [`/videos/${id}`, '/@hostile.head', `/live/${room.id}`, `/products/${product_id}`]) {
    const { status, text } = await page(path);
    assert.equal(status, 200, path);
    assert.ok(!text.includes('<script>alert'), path);
    assert.ok(!text.includes('<img src=x'), path);
    assert.equal(text.match(/<title>/g)?.length, 1, path);
    assert.equal(text.match(/<\/title>/g)?.length, 1, path);
    assert.equal(text.match(/<\/head>/g)?.length, 1, path);
    const said = [tag(text, 'og:title'), tag(text, 'og:description')].join(' ');
    assert.ok(said.includes(ESCAPED), `${path}: ${said}`);
    assert.equal(tag(text, 'og:url'), ORIGIN + path);
  }
});

test('a video’s card names title, author, picture and player; oEmbed the same, in the size one has', async () => {
  const owner = await house.person({ handle: 'card.owner', name: 'Card Owner' });
  const { id } = await postVideo(house.ctx, owner.person_id, { caption: 'Throwing a bowl\nfrom one piece #clay' });
  const { text } = await page(`/videos/${id}`);
  assert.equal(tag(text, 'og:title'), 'Throwing a bowl from one piece #clay');
  assert.equal(tag(text, 'twitter:card'), 'player');
  assert.equal(tag(text, 'twitter:player'), `${ORIGIN}/embed/videos/${id}`);
  assert.match(text, /<link rel="alternate" type="application\/json\+oembed" href="[^"]+\/api\/oembed\?url=/);
  const { status, body } = await oembed(`/videos/${id}`, '&maxwidth=180');
  assert.equal(status, 200);
  assert.deepEqual([body.version, body.type, body.author_name], ['1.0', 'video', 'Card Owner']);
  assert.deepEqual([body.width, body.height], [180, 320]);
  assert.match(body.html, new RegExp(`^<iframe src="${ORIGIN}/embed/videos/${id}" `));
  const profile = await oembed('/@card.owner');
  assert.deepEqual([profile.body.type, profile.body.title], ['link', 'Card Owner (@card.owner)']);
  assert.equal((await oembed(`/videos/${id}`, '&format=xml')).status, 501);
});

test('I11: what not everybody may see has no card, whoever asks', async () => {
  const owner = await house.person({ handle: 'quiet.owner' });
  const friends = await postVideo(house.ctx, owner.person_id, { caption: 'only friends', visibility: 'friends' });
  const open = await postVideo(house.ctx, owner.person_id, { caption: 'for everybody' });
  const nothing = async (path: string) => {
    const { status, text } = await page(path, owner.cookie);
    assert.equal(status, 200, path);
    assert.equal(tag(text, 'og:title'), undefined, path);
    assert.equal((await oembed(path)).status, 404, path);
  };
  await nothing(`/videos/${friends.id}`);
  await nothing(`/embed/videos/${friends.id}`);
  await nothing(`/videos/${toWire('video', '00000000-0000-7000-8000-000000000000')}`);
  await nothing('/@nobody.at.all');
  assert.equal(tag((await page(`/videos/${open.id}`)).text, 'og:title'), 'for everybody');
  await owner.api.PATCH('/api/people/me', { body: { is_private: true } });
  await nothing(`/videos/${open.id}`);
  const foreign = await fetch(
    `${house.url}/api/oembed?url=${encodeURIComponent(`https://evil.test/videos/${open.id}`)}`,
  );
  assert.equal(foreign.status, 404);
  assert.equal((await fetch(`${house.url}/api/oembed?url=javascript:alert(1)`)).status, 404);
});

test('D14: other sites may frame the player and nothing else', async () => {
  for (const path of ['/', '/wallet', '/videos/x', '/@a.b.c', '/embedded', '/api/instance']) {
    const { headers } = await page(path);
    assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/, path);
  }
  const { headers, text } = await page('/embed/videos/x');
  assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors \*/);
  assert.equal(headers.get('x-frame-options'), null);
  assert.match(headers.get('content-security-policy') ?? '', /script-src 'self'/);
  assert.ok(text.includes('<div id="root">'));
  assert.match((await page('/embed/videos/x')).headers.get('cache-control') ?? '', /no-cache/);
});
