/** A host who rehearses unseen, goes live by one button, is called away and comes back, and shows a screen. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { untilMoving } from '../fake_camera.ts';
import { openHouse } from '../harness.ts';
import { endLive, openGate } from './visitor.ts';

const PATIENCE_MS = 60_000;

const house = await openHouse(null, { real: true });

/** A screen to share: a canvas in which something moves. */
const withScreen = (context: BrowserContext) =>
  context.addInitScript(() => {
    navigator.mediaDevices.getDisplayMedia = async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
      const pen = canvas.getContext('2d');
      setInterval(() => pen?.fillRect(Math.random() * 1_280, Math.random() * 720, 40, 40), 100);
      return canvas.captureStream(10);
    };
  });

test('rehearsal, live, pause, screen', { timeout: 240_000 }, async (t) => {
  const gate = openGate(house);
  t.after(gate.close);
  const person = await house.person({ name: 'Mira' });
  const mira = await gate.arrive({ as: person, camera: 'tone', prepare: withScreen });
  const { page, t: text } = mira;
  const button = (id: string) => page.getByRole('button', { name: text(id), exact: true });
  const rooms = async () => {
    const { rows } = await house.ctx.db.pool.query('select from rooms where host_id = $1', [person.person_id]);
    return rows.length;
  };

  await page.goto(`${house.url}/studio/live`);
  await page.getByLabel(text('golive.name')).fill('Glaze day');
  await button('rehearsal.begin').click();
  const picture = page.getByLabel(text('rehearsal.picture'));
  await picture.evaluate(
    (video, ms) =>
      new Promise<void>((resolve, reject) => {
        setTimeout(() => reject(new Error('the own picture does not come back')), ms);
        const look = () => ((video as HTMLVideoElement).currentTime > 0.5 ? resolve() : setTimeout(look, 100));
        look();
      }),
    PATIENCE_MS,
  );
  assert.equal(await rooms(), 0, 'there is no room');

  const opened = page.waitForResponse((response) => /\/api\/rooms$/.test(response.url()) && response.ok());
  await button('rehearsal.go_live').click();
  const { room } = (await (await opened).json()) as { room: { room_id: string } };
  const { rows } = await house.ctx.db.pool.query('select from streams where is_rehearsal');
  assert.equal(rows.length, 0, 'nothing is left of the rehearsal');
  const viewer = await gate.arrive({ size: 'phone', locale: 'de' });
  await viewer.page.goto(`${house.url}/live/${room.room_id}`);
  assert.ok(await untilMoving(viewer.page, PATIENCE_MS), 'the picture moves');

  await button('golive.pause').click();
  const card = viewer.page.getByText('Mira ist kurz weg');
  await card.waitFor();
  await page.getByText(text('golive.paused_wished')).waitFor();
  await button('golive.resume').first().click();
  await card.waitFor({ state: 'hidden' });
  assert.ok(await untilMoving(viewer.page, PATIENCE_MS), 'the picture moves again');

  await button('golive.screen').click();
  await button('golive.screen_stop').waitFor();
  await button('golive.screen_stop').click();
  await button('golive.screen').waitFor();
  assert.ok(await untilMoving(viewer.page, PATIENCE_MS), 'and from the camera again');
  await endLive(mira);
});
