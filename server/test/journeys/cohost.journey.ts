/** Two people in one picture: a viewer asks, the host takes them in; a third person sees both, then the host alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openHouse } from '../harness.ts';
import { goLive, openGate, pause } from './visitor.ts';

// A slow machine passes; a collapse fails.
const PATIENCE_MS = 90_000;

const house = await openHouse(null, { real: true });

/** In the middle of what each camera sees below its squares, as parts of the picture's height. */
const [ABOVE, BELOW] = [450 / 1280, 1090 / 1280];

/** What the page's picture shows there: `red`, `blue` or something else. */
const colourAt = (page: Page, height: number): Promise<string> =>
  page.evaluate((part) => {
    const video = document.querySelector('video');
    if (!video || video.readyState < 2 || video.videoWidth === 0) return 'nothing';
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1, 1];
    const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
    pen.drawImage(video, video.videoWidth / 2, video.videoHeight * part, 8, 8, 0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = pen.getImageData(0, 0, 1, 1).data;
    if (r > 120 && g < 110 && b < 110) return 'red';
    return b > 120 && g < 110 && r < 110 ? 'blue' : `${r} ${g} ${b}`;
  }, height);

async function untilColours(page: Page, wanted: string): Promise<void> {
  let seen = '';
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(100)) {
    seen = `${await colourAt(page, ABOVE)} over ${await colourAt(page, BELOW)}`;
    if (seen === wanted) return;
  }
  assert.fail(`${wanted} never came; last: ${seen}`);
}

const runsOf = async () => {
  const { rows } = await house.ctx.db.pool.query<{ runs: number }>('select count(*)::int as runs from stream_runs');
  return rows[0]?.runs;
};

test('a third person sees both, who is there, and the host alone when they part', { timeout: 300_000 }, async (t) => {
  const gate = openGate(house);
  t.after(gate.close);
  const began_at = Date.now();
  const mira = await gate.arrive({ as: await house.person(), camera: 'tone', colour: 'red' });
  const { path } = await goLive(mira, house, 'Two at the wheel');
  const gusti = await house.person({ name: 'Gusti' });
  const [guest, viewer] = await Promise.all([
    gate.arrive({ as: gusti, camera: 'tone', colour: 'blue', locale: 'de', size: 'phone' }),
    gate.arrive({ size: 'phone' }),
  ]);
  await Promise.all([guest.page.goto(house.url + path), viewer.page.goto(house.url + path)]);
  await untilColours(viewer.page, 'red over red');

  await guest.page.getByRole('button', { name: guest.t('rooms.menu') }).click();
  await guest.page.getByRole('menuitem', { name: guest.t('cohosts.ask') }).click();
  await guest.page
    .getByRole('dialog')
    .getByRole('button', { name: guest.t('cohosts.ask') })
    .click();
  const asked_at = Date.now();
  await mira.page
    .getByRole('button', { name: mira.t('cohosts.take_in') })
    .first()
    .click();
  await untilColours(viewer.page, 'red over blue');
  t.diagnostic(`cohost: both are seen ${Date.now() - asked_at} ms after the wish`);
  await viewer.page.locator(`a[href="/@${gusti.handle}"]`).first().waitFor();
  assert.equal(await guest.page.getByRole('button', { name: guest.t('cohosts.leave') }).count(), 1);
  const heard = await mira.page.locator('audio').evaluate((audio: HTMLAudioElement) => {
    const [track] = (audio.srcObject as MediaStream).getAudioTracks();
    return track?.readyState;
  });
  assert.equal(heard, 'live', 'the host hears the guest');

  const runs = await runsOf();
  await guest.page.getByRole('button', { name: guest.t('cohosts.leave') }).click();
  await untilColours(viewer.page, 'red over red');
  await viewer.page.locator(`a[href="/@${gusti.handle}"]`).waitFor({ state: 'detached' });
  // A machine that is too slow for three browsers begins runs by itself; parting needs none.
  t.diagnostic(`cohost: ${((await runsOf()) ?? 0) - (runs ?? 0)} new runs while they parted (goal 0)`);
  t.diagnostic(`cohost: all of it took ${Date.now() - began_at} ms`);
  assert.deepEqual([...mira.errors, ...guest.errors, ...viewer.errors], []);
});
