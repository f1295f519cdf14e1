/** Uploaded files in Chromium: they play, they are searched, and they stand upright. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { fromWire } from '../../kernel/ids.ts';
import { packageUrl } from '../../media/index.ts';
import { makeClip, REAL_VIDEOS } from '../clips.ts';
import { openHouse } from '../harness.ts';
import { uploadAndPack } from '../upload.ts';
import { launch } from './visitor.ts';

const HLS = join(createRequire(import.meta.url).resolve('hls.js'), '../hls.min.js');
const house = await openHouse(null);

interface Played {
  width: number;
  height: number;
  duration: number;
  levels: number;
  /** Where it stood after each search, and whether a picture was there. */
  found: { asked: number; at: number; ready: number }[];
  error: string | null;
}

/** Plays a package with hls.js, from the beginning and from every place in `searches`. */
const play = (page: Page, url: string, searches: number[]): Promise<Played> =>
  page.evaluate(
    async ([source, places]) => {
      // biome-ignore lint/suspicious/noExplicitAny: a script tag's global
      const Hls = (globalThis as any).Hls;
      const video = document.createElement('video');
      video.muted = true;
      document.body.replaceChildren(video);
      const hls = new Hls();
      let error: string | null = null;
      let levels = 0;
      hls.on(Hls.Events.ERROR, (_: unknown, { fatal, details }: { fatal: boolean; details: string }) => {
        if (fatal) error = details;
      });
      hls.on(Hls.Events.MANIFEST_PARSED, (_: unknown, data: { levels: unknown[] }) => {
        levels = data.levels.length;
      });
      hls.loadSource(source);
      hls.attachMedia(video);
      const until = async (is: () => boolean) => {
        for (let i = 0; i < 400 && !is() && !error; i += 1) await new Promise((resume) => setTimeout(resume, 50));
      };
      await until(() => video.readyState >= 2);
      await video.play().catch(() => {});
      await until(() => video.currentTime > 0.2);
      const found = [];
      for (const asked of places) {
        video.currentTime = asked;
        await until(() => !video.seeking && video.readyState >= 2);
        found.push({ asked, at: video.currentTime, ready: video.readyState });
      }
      const { videoWidth: width, videoHeight: height, duration } = video;
      hls.destroy();
      return { width, height, duration, levels, found, error };
    },
    [url, searches] as const,
  );

function check(played: Played, { width, height, duration }: Pick<Played, 'width' | 'height' | 'duration'>): void {
  assert.equal(played.error, null);
  assert.deepEqual([played.width, played.height], [width, height], 'it stands upright');
  assert.ok(Math.abs(played.duration - duration) < 0.2, `${played.duration} s`);
  for (const { asked, at, ready } of played.found) {
    assert.ok(ready >= 2, `there is a picture at ${asked} s`);
    assert.ok(at >= asked - 0.05, `${asked} s is found at ${at} s`);
  }
}

test('what was uploaded plays and is searched in Chromium', { timeout: 120_000 }, async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const context = await browser.newContext({ bypassCSP: true });
  const ann = await house.person();
  const [name = '', value = ''] = ann.cookie.split('=');
  await context.addCookies([{ name, value, url: house.url }]);
  const page = await context.newPage();
  await page.goto(`${house.url}/api/videos/mine`);
  await page.addScriptTag({ content: readFileSync(HLS, 'utf8') });
  const codecs = [
    'avc1.640028',
    'vp08.00.41.08',
    'vp09.00.10.08',
    'av01.0.04M.08',
    'mp4a.40.2',
    'opus',
    'mp4a.6b',
    'mp4a.69',
    'mp3',
  ];
  const plays = await page.evaluate(
    (all) => all.filter((one) => MediaSource.isTypeSupported(`video/mp4; codecs="${one}"`)),
    codecs,
  );
  t.diagnostic(`in MP4 it plays ${plays.join(', ')}`);

  const post = async (bytes: Buffer, small?: Buffer): Promise<string> => {
    const { id, state, refusal } = await uploadAndPack(house, ann, bytes);
    assert.equal(state, 'packaged', String(refusal));
    if (small) assert.equal((await uploadAndPack(house, ann, small, { of: id })).state, 'packaged');
    const body = { upload_id: id, caption: '', language: 'en' } as never;
    await ann.api.POST('/api/videos', { body });
    return packageUrl(fromWire('upload', id));
  };
  const upright = await post(await makeClip({ seconds: 7 }), await makeClip({ seconds: 7, container: 'mkv' }));
  const shown = await play(page, upright, [5.1, 0.4, 6.5]);
  check(shown, { width: 720, height: 1_280, duration: 7 });
  assert.equal(shown.levels, 2, 'a player may choose between two pictures');
  const turned = await post(await makeClip({ seconds: 4, rotation: 90, container: 'mov' }));
  check(await play(page, turned, [2.5]), { width: 1_280, height: 720, duration: 4 });
  const real = REAL_VIDEOS;
  if (!real) return t.diagnostic('no SOUK_REAL_DATA: no recordings of real cameras');
  const camera = async (file: string) => post(readFileSync(join(real, file)));
  check(await play(page, await camera('landscape-1080p.mp4'), [3.3, 1]), { width: 1_920, height: 1_080, duration: 5 });
  check(await play(page, await camera('rotated.mp4'), [1.2]), { width: 1_080, height: 1_920, duration: 1.875 });
});
