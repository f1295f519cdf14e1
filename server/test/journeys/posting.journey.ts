/** From a file, and from a camera, to a published video that plays: as people do it, in a real Chromium. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { faultsOfPage } from '../axe.ts';
import { REAL_VIDEOS } from '../clips.ts';
import { openHouse } from '../harness.ts';
import { giveFile, type Posted, playAt, soundSetsIn } from '../posted_video.ts';
import { type Arrival, openGate, type Visitor } from './visitor.ts';

const house = await openHouse(null, { real: true });
const NAMES = ['landscape-1080p.mp4', 'rotated.mp4'];
const realFiles = NAMES.flatMap((name) => (REAL_VIDEOS ? join(REAL_VIDEOS, name) : []));
const FIELD = 'main input[type=file]';

async function arrive(t: TestContext, arrival: Arrival = {}): Promise<Visitor> {
  const gate = openGate(house);
  t.after(gate.close);
  const visitor = await gate.arrive({ as: await house.person({ name: 'Mira' }), ...arrival });
  visitor.page.on('pageerror', (error) => t.diagnostic(`page: ${error.message}`));
  visitor.page.on('console', (m) => m.type() === 'error' && t.diagnostic(m.text()));
  visitor.page.setDefaultTimeout(45_000);
  return visitor;
}

async function openUpload({ page, t }: Visitor): Promise<void> {
  await page.goto(`${house.url}/studio/upload`);
  await page.getByText(t('posting.drop'), { exact: true }).waitFor();
}

/** Writes the card's caption and publishes it. @returns the post, once everybody gets it */
async function publish({ page, t }: Visitor, caption: string): Promise<Posted> {
  await page.getByPlaceholder(t('posting.caption_hint')).fill(caption);
  await page.getByRole('button', { name: t('posting.publish'), exact: true }).click();
  await page.getByText(t('posting.done_published'), { exact: true }).waitFor();
  const path = await page.getByRole('link', { name: t('posting.watch'), exact: true }).getAttribute('href');
  for (const until = Date.now() + 45_000; Date.now() < until; ) {
    const answer = await fetch(`${house.url}/api${path}`);
    if (answer.ok) return answer.json() as Promise<Posted>;
    await house.drain();
    await new Promise((resume) => setTimeout(resume, 200));
  }
  const { rows } = await house.ctx.db.pool.query('select state, refusal, rendition from uploads order by created_at');
  throw new Error(`${path} was not published: ${JSON.stringify(rows)}`);
}

/** Shows its beginning and its middle. */
async function assertPlays(page: Page, { playlist_url, duration_ms, width, height }: Posted): Promise<void> {
  const middle_s = duration_ms / 2_000;
  const [, shown] = await playAt(page, playlist_url, [0.3, middle_s]);
  assert.ok(shown && Math.abs(shown.at_s - middle_s) < 0.2, `sought ${middle_s} s, shown ${shown?.at_s} s`);
  assert.equal(shown.width > shown.height, width > height);
}

let sound: Posted | null = null;

test('a file is uploaded, packaged, published, and plays', { timeout: 150_000 }, async (t) => {
  const mira = await arrive(t);
  await openUpload(mira);
  const began = Date.now();
  await giveFile(mira.page, FIELD, 'autumn.webm', 5_000);
  await mira.page.getByText('autumn.webm').first().waitFor();
  const faults = await faultsOfPage(mira.page);
  const video = await publish(mira, 'First fire #glaze');
  t.diagnostic(`upload: ${Date.now() - began} ms from the first frame of the file to the post`);
  assert.deepEqual(faults, [], 'axe has nothing serious to say of the card');
  assert.deepEqual([video.width, video.height, video.tags], [432, 768, ['glaze']]);
  assert.ok(video.cover_url && video.sound, 'it has its cover and its sound');
  await assertPlays(mira.page, video);
  sound = video;
  const { rows } = await house.ctx.db.pool.query('select rendition, state, refusal from uploads order by created_at');
  t.diagnostic(`upload: ${JSON.stringify(rows)}`);
});

const skip = realFiles.length === 0 && 'set SOUK_REAL_DATA to a folder with video/';
test('real files are uploaded, packaged and play, turned as they should', { timeout: 150_000, skip }, async (t) => {
  const mira = await arrive(t);
  for (const file of realFiles) {
    await openUpload(mira);
    await mira.page.locator(FIELD).first().setInputFiles(file);
    const video = await publish(mira, 'A real one');
    assert.equal(video.height > video.width, file.includes('rotated'), `${file}: ${video.width} × ${video.height}`);
    await assertPlays(mira.page, video);
  }
});

/** Notes when each sound is heard that the page begins, on the camera's clock. */
const hearSounds = (context: BrowserContext) =>
  context.addInitScript(() => {
    const { start } = AudioBufferSourceNode.prototype;
    const heard: number[] = [];
    Object.assign(globalThis, { heard });
    AudioBufferSourceNode.prototype.start = function (when = 0, ...rest) {
      if (this.context instanceof AudioContext) {
        const { contextTime = 0, performanceTime = 0 } = this.context.getOutputTimestamp();
        heard.push(performance.timeOrigin + performanceTime + (when - contextTime) * 1_000);
      }
      return start.call(this, when, ...rest);
    };
  });

/** What a person who moves to a sound does not notice. */
const GOAL_MS = 40;
/** What a machine with other work may do to it; without the sound's clock it would be hundreds. */
const MOST_MS = 120;

test('filmed to a sound, picture and sound stand together; it is posted and credited', {
  timeout: 150_000,
}, async (t) => {
  assert.ok(sound?.sound, 'there is a sound to film to');
  const { sound_id } = sound.sound;
  const ben = await arrive(t, { camera: 'tone', size: 'phone', prepare: hearSounds });
  const { page, t: text } = ben;
  await page.goto(`${house.url}/sounds/${sound_id}`);
  await page.getByRole('button', { name: text('posting.use_sound') }).click();
  await page.getByText('First fire', { exact: true }).waitFor();
  const film = page.getByRole('button', { name: text('posting.film'), exact: true });
  const stop = page.getByRole('button', { name: text('posting.film_stop'), exact: true });
  await film.click();
  await stop.waitFor();
  // It ends by itself with the sound.
  await page.getByRole('button', { name: text('posting.next'), exact: true }).click();
  await page.getByRole('heading', { name: text('posting.edit_film') }).waitFor();
  const faults = await faultsOfPage(page);
  await page.getByRole('button', { name: text('posting.next'), exact: true }).click();
  const video = await publish(ben, 'Moving to the kiln');
  assert.deepEqual(faults, [], 'axe has nothing serious to say of cutting');
  assert.equal(video.sound?.sound_id, sound_id);
  const [heard_at = 0] = await page.evaluate(() => (globalThis as never as { heard: number[] }).heard);
  const frames = await playAt(page, video.playlist_url, [0.4, 0.8, 1.2, 1.6, 2]);
  const picture = frames.flatMap(({ taken_at, at_s }) => (taken_at ? [taken_at - heard_at - at_s * 1_000] : []));
  const [was_s, is_s] = [await soundSetsIn(page, sound.playlist_url), await soundSetsIn(page, video.playlist_url)];
  const moved_ms = (is_s - was_s) * 1_000;
  const apart = picture.map((ms) => ms + moved_ms);
  t.diagnostic(
    `sound: picture and sound are ${apart.map(Math.round).join(', ')} ms apart (goal ±${GOAL_MS}), ${Math.round(moved_ms)} ms of it by the encoder`,
  );
  assert.ok(apart.length >= 3, 'the stamps can be read');
  assert.ok(
    apart.every((ms) => Math.abs(ms) <= MOST_MS),
    `${apart.join(', ')} ms apart`,
  );
});
