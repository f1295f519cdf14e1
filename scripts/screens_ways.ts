/** A picture, and those along a way: a live of its host, a live that is handed over, an overlay while a gift falls. */
import type { Page } from 'playwright-core';
import { chat, endAll, goLive } from './screens_player.ts';
import type { Scene, Who } from './screens_scene.ts';

export interface Stand {
  page: Page;
  url: string;
  scene: Scene;
  /** A text of the app in the language of the picture; texts with arguments up to the first one. */
  t(id: string): string;
  /** Takes a further picture. */
  snap(name: string): Promise<void>;
}

export interface Shot {
  name: string;
  who: Who | null;
  path: string;
  act?: (stand: Stand) => Promise<unknown>;
}

export const shot = (name: string, who: Who | null, path: string, act?: Shot['act']): Shot => ({
  name,
  who,
  path,
  ...(act && { act }),
});

/** The way of a live as its host sees it: begins, on air with all tools, asked whether to end, over. */
export const onAir: Shot = shot('air-over', 'create', '/studio/live', async ({ page, scene, t, snap }) => {
  await endAll(scene.players.create);
  await page.waitForTimeout(1_500);
  await snap('air-setup');
  await page.getByLabel(t('golive.name')).fill('Stretching after the run');
  await page.getByRole('button', { name: t('golive.start') }).click();
  await page.getByRole('button', { name: t('golive.end') }).waitFor();
  await page.waitForTimeout(4_000);
  await snap('air-live');
  const phone = (page.viewportSize()?.width ?? 0) < 700;
  for (const tool of ['poll', 'note', 'questions', 'captions']) {
    if (phone) await page.getByRole('button', { name: t('talk.lead') }).click();
    await page
      .getByRole('button', { name: t(`talk.${tool}`) })
      .first()
      .click();
    await page.waitForTimeout(600);
    await snap(`air-${tool}`);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(400);
  }
  if (phone) {
    await page.getByRole('button', { name: t('golive.pins') }).click();
    await page.waitForTimeout(800);
    await snap('air-pins');
    await page.keyboard.press('Escape');
    await page.waitForTimeout(400);
    await page.getByRole('button', { name: t('golive.more') }).click();
    await page.waitForTimeout(800);
    await snap('air-more');
    await page.keyboard.press('Escape');
    await page.waitForTimeout(400);
  }
  await page.getByRole('button', { name: t('golive.end') }).click();
  await page.waitForTimeout(700);
  await snap('air-end-dialog');
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: t('golive.end') })
    .click();
  await page.getByRole('link', { name: t('golive.watch_replay') }).waitFor();
});

/** A live that is handed over, as a viewer and as OBS see it. */
export const handedOver: Shot = shot('room-ended', 'watch', '/live', async ({ page, url, scene, t, snap }) => {
  const { create, newcomer, watch } = scene.players;
  const air = await goLive(url, create, 'Cool down');
  const room = `/rooms/${air.room_id}`;
  await page.goto(`${url}/live/${air.room_id}`);
  await create.call('PUT', `${room}/note`, { text: 'Next run: Sunday at nine' });
  const options = ['Hills, because of the view', 'Flat'];
  await create.call('POST', `${room}/polls`, { question: 'Hills or flat?', options, for_s: 30 });
  await chat(url, newcomer, air.room_id, []);
  await chat(url, watch, air.room_id, ['See you on Sunday']);
  await page.waitForTimeout(5_000);
  await snap('room-poll-and-note');
  await create.call('PUT', `${room}/handover`, { to_room_id: scene.ids.sell_room });
  air.stop();
  await page.getByRole('button', { name: t('lives.stay') }).waitFor();
  await snap('room-handover');
  await page.getByRole('button', { name: t('lives.stay') }).click();
  await page.goto(`${url}/overlay/${scene.ids.overlay}`);
  await page.waitForTimeout(1_500);
  await snap('overlay-of-ended-live');
  await page.goto(`${url}/live/${air.room_id}`);
});

/** The overlay while a gift falls. */
export const overlay: Shot = shot('overlay-after', 'watch', '/gifts', async ({ page, url, scene, snap }) => {
  const { create, watch } = scene.players;
  const air = await goLive(url, create, 'Warming up');
  await page.goto(`${url}/overlay/${scene.ids.overlay}`);
  await page.waitForTimeout(1_500);
  await watch.call('POST', '/gifts', { gift: 'coffee', count: 1, room_id: air.room_id, confirmed: true });
  await page.waitForTimeout(2_000);
  await snap('overlay');
  air.stop();
  await create.call('POST', `/rooms/${air.room_id}/end`);
});
