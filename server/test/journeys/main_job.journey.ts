/** The main job of Souk, by hand: live, chat, coins, gifts, a pinned product, two taps, the end, what came of it. */
import assert from 'node:assert/strict';
import { after, type TestContext, test } from 'node:test';
import { settleDue } from '../../gifts/index.ts';
import { readStamps, stampWhen, untilMoving } from '../fake_camera.ts';
import { openHouse } from '../harness.ts';
import { openShop } from '../shop.ts';
import { endLive, goLive, heardAt, openGate, pinFirst, signUp, type Visitor } from './visitor.ts';

const house = await openHouse(null, { real: true });
const gate = openGate(house);
after(gate.close);

// Without a graphics card a page takes seconds: what is asserted is far above what is printed as the goal.
const PATIENCE_MS = 60_000;
const STOCK = 12;
const ORDER = /zahlungspflichtig bestellen|Order with obligation to pay/i;
await openShop(house, [STOCK]);

/** The host in English on a desktop, a buyer in German on a phone, and somebody who only looks. */
let mira: Visitor;
let jana: Visitor;
let guest: Visitor;
let room_path = '';
/** When Mira pinned the mug, by the clock that her camera shows. */
let pinned_at = 0;

let failed = false;

/** One act after the other: what follows a failed one can not be tried. SOUK_SHOTS keeps pictures of a failure. */
const step = (name: string, run: (t: TestContext) => Promise<void>) =>
  test(name, { timeout: 180_000 }, async (t) => {
    if (failed) return t.skip('an act before this one failed');
    failed = true;
    try {
      await run(t);
      failed = false;
    } catch (error) {
      const folder = process.env.SOUK_SHOTS;
      for (const [who, visitor] of Object.entries({ mira, jana, guest })) {
        if (folder && visitor) await visitor.page.screenshot({ path: `${folder}/${who}.png` }).catch(() => {});
        if (visitor?.errors.length) console.error(`${who}:`, visitor.errors);
      }
      throw error;
    }
  });

step('two people sign up, in English on a desktop and in German on a phone', async () => {
  mira = await gate.arrive({ camera: 'tone' });
  await signUp(house, mira, 'Mira Stone', 'mira@example.test');
  jana = await gate.arrive({ size: 'phone', locale: 'de' });
  await signUp(house, jana, 'Jana Weber', 'jana@example.test');
});

step('Mira goes live, and two people see her picture move', async () => {
  room_path = (await goLive(mira, house, 'Glazing the autumn mugs')).path;
  await jana.page.goto(house.url);
  await jana.page.getByRole('article', { name: /Glazing the autumn mugs/ }).waitFor();
  await jana.page.getByRole('link', { name: jana.t('feed.enter') }).click();
  await jana.page.waitForURL(/\/live\//);
  guest = await gate.arrive();
  await guest.page.goto(house.url + room_path);
  assert.ok(await untilMoving(jana.page, PATIENCE_MS), 'the picture moves on the phone');
  assert.ok(await untilMoving(guest.page, PATIENCE_MS), 'and on the desktop');
});

step('chat goes both ways', async () => {
  const say = async ({ page, t }: Visitor, text: string) => {
    await page.getByLabel(t('rooms.say')).fill(text);
    await page.getByLabel(t('rooms.say')).press('Enter');
  };
  await say(jana, 'Ist die Glasur matt?');
  await mira.page.getByText('Ist die Glasur matt?').first().waitFor();
  await say(mira, 'Matt, and food safe');
  await jana.page.getByText('Matt, and food safe').first().waitFor();
  await guest.page.getByText('Ist die Glasur matt?').first().waitFor();
});

step(
  'Jana has no coins: the gift is interrupted, she buys exactly what is needed, and the gift completes',
  async () => {
    const { page, t } = jana;
    await page
      .getByRole('button', { name: t('rooms.give') })
      .first()
      .click();
    const rose = page.getByRole('button', { name: t('gifts.send').replace('{name}', t('gifts.name_rose')) });
    await rose.click();
    await page.getByLabel(t('wallet.method')).selectOption('ok');
    await page.getByRole('button', { name: 'zahlungspflichtig bestellen' }).click();
    await heardAt(jana, (message) => message.type === 'ack');
    await heardAt(guest, (message) => JSON.stringify(message).includes('"type":"gift"'));
  },
);

type Heard = Visitor['heard'][number]['message'];

/** How many Roses a message tells of. */
const rosesIn = (message: Heard): number =>
  ((message.events ?? []) as { type: string; gift: string; count: number }[])
    .filter(({ type, gift }) => type === 'gift' && gift === 'rose')
    .reduce((sum, { count }) => sum + count, 0);

const acknowledged = ({ type, body }: Heard): number =>
  type === 'ack' ? ((body as { count?: number }).count ?? 0) : 0;

/** When the seventh of something had been heard, counted from a message on. */
async function seventhAt(visitor: Visitor, from: number, countOf: (message: Heard) => number): Promise<number> {
  let sum = 0;
  const counted = new Set<Heard>();
  return heardAt(
    visitor,
    (message) => {
      if (!counted.has(message)) sum += countOf(message);
      counted.add(message);
      return sum >= 7;
    },
    from,
  );
}

step('seven Roses in a row reach another viewer, each counted once', async (t7) => {
  const { page, t } = jana;
  const before = jana.heard.length;
  const seen = guest.heard.length;
  const send = page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(`${t('gifts.name_rose')}|×\\d`) })
    .last();
  for (let tap = 0; tap < 7; tap += 1) await send.click({ delay: 20 });
  // One acknowledgement a flush: the last one completes the seven.
  const shown = await seventhAt(guest, seen, rosesIn);
  const acked = await seventhAt(jana, before, (message) => acknowledged(message));
  t7.diagnostic(`roses: the seventh at another viewer ${shown - acked} ms after its acknowledgement (goal 1000)`);
  assert.ok(shown - acked < 40_000, `${shown - acked} ms`);
  assert.equal(
    guest.heard.slice(seen).reduce((sum, { message }) => sum + rosesIn(message), 0),
    7,
  );
  // On a slow machine the taps are more than one run: what the lines say together is eight with the first.
  await guest.page.waitForFunction(() => {
    const said = document.querySelector('[role=log]')?.textContent ?? '';
    return [...said.matchAll(/×(\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0) === 8;
  });
  await page.keyboard.press('Escape');
});

step('Mira pins a mug, and both viewers see it', async (t) => {
  const seen = [jana, guest].map(({ page }) => stampWhen(page, 'Mug', PATIENCE_MS));
  pinned_at = await pinFirst(mira);
  for (const [i, { heard }] of [jana, guest].entries()) {
    const stamp = await seen[i];
    assert.ok(stamp, 'the pin is seen');
    const told = heard.find(({ message }) =>
      (message.events as { type: string }[])?.some(({ type }) => type === 'pin'),
    );
    t.diagnostic(
      `pin: told ${(told?.at ?? 0) - pinned_at} ms after the gesture, seen ${stamp.taken_at - pinned_at} ms from its ` +
        `frame (goal ±1000) by who is ${stamp.read_at - stamp.taken_at} ms behind`,
    );
  }
});

step('somebody new buys in one sheet over the running stream: at most 12 inputs', async () => {
  const { page, t } = guest;
  const began = Date.now();
  await page.getByRole('button', { name: /Mug/ }).click();
  const sheet = page.getByRole('dialog');
  const fields: [label: string, value: string][] = [
    [t('orders.your_name'), 'Gil Marsh'],
    [t('people.email'), 'gil@example.test'],
    [t('people.password'), 'a quiet market in the evening'],
    [t('people.born_on'), '1988-01-02'],
    [t('orders.street'), 'Lindenweg 4'],
    [t('orders.postal_code'), '10999'],
    [t('orders.city'), 'Berlin'],
  ];
  for (const [label, value] of fields) await sheet.getByLabel(label).fill(value);
  assert.ok((await sheet.locator('input, select, textarea').count()) <= 12, 'at most 12 inputs');
  await sheet.getByRole('button', { name: ORDER }).click();
  await page.getByText(t('orders.bought')).waitFor();
  assert.ok(Date.now() - began < 60_000, 'within a minute');
  await page.getByRole('button', { name: t('orders.keep_watching') }).click();
  assert.ok(await untilMoving(page, PATIENCE_MS), 'the stream never stopped');
});

step('a returning buyer needs two taps, and the stock falls on the other screens', async () => {
  const { page, t } = guest;
  let taps = 0;
  const tap = async (name: RegExp) => {
    taps += 1;
    await page.getByRole('button', { name }).last().click();
  };
  await tap(/Mug/);
  await tap(ORDER);
  await page.getByText(t('orders.bought')).waitFor();
  assert.equal(taps, 2);
  await jana.page.getByRole('button', { name: new RegExp(`Mug.*${STOCK - 2}`, 's') }).waitFor();
  await page.getByRole('button', { name: t('orders.keep_watching') }).click();
});

/** Longer than the hold of gifts (docs/gifts.md). */
const AFTER_THE_HOLD_MS = 15 * 86_400_000;

step('Mira ends the live; after the hold her earnings show who got what, down to the transfers', async () => {
  const { page, t } = mira;
  await endLive(mira);
  await jana.page.getByText(jana.t('rooms.ended')).first().waitFor();
  await settleDue(house.ctx, new Date(Date.now() + AFTER_THE_HOLD_MS));
  await page.goto(`${house.url}/studio/earnings`);
  const day = page.getByRole('main').locator('button[aria-expanded]').first();
  await day.waitFor();
  for (const part of ['creator', 'platform', 'vat'])
    await page
      .getByText(t(`gifts.part_${part}`))
      .first()
      .waitFor();
  await day.click();
  await page.getByRole('main').locator('a[href^="/gifts/"]').first().click();
  const transfers = page.getByRole('table', { name: t('gifts.transfers') });
  await transfers.getByText('→').first().waitFor();
  assert.ok((await transfers.getByText('→').count()) >= 3, 'sent, burnt, and shared');
  await page.getByRole('button', { name: t('gifts.recompute') }).click();
  await page.getByText(t('gifts.recomputed').replace('{n} ', '')).waitFor();
});

/** Stops the picture at a frame that was taken some seconds before a moment. @returns whether it was found in time */
async function stopBefore({ page }: Visitor, moment: number): Promise<boolean> {
  const video = page.locator('video');
  await video.evaluate((picture: HTMLVideoElement) => picture.pause());
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    // A frame from before the jump would be taken for the one after it.
    const shown = () => {
      const picture = document.querySelector('video');
      return picture && !picture.seeking && picture.readyState >= 2;
    };
    await page.waitForFunction(shown, undefined, { timeout: 10_000 }).catch(() => null);
    const stamp = (await readStamps(page, 1_000)).at(-1);
    if (!stamp) continue;
    const ahead_s = (moment - stamp.taken_at) / 1_000;
    if (ahead_s > 1.5 && ahead_s < 12) return true;
    await video.evaluate((picture: HTMLVideoElement, by) => {
      picture.currentTime = Math.max(0, picture.currentTime + by);
    }, ahead_s - 5);
  }
  return false;
}

step('the replay plays, with the pin at its second', async (t) => {
  const { page } = guest;
  await page.goto(house.url + room_path);
  assert.ok(await untilMoving(page, PATIENCE_MS), 'the replay plays');
  if (!(await stopBefore(guest, pinned_at))) return t.skip('this machine is too slow to search a recording');
  await page.getByRole('button', { name: /Mug/ }).waitFor({ state: 'hidden' });
  await page.locator('video').evaluate((video: HTMLVideoElement) => video.play());
  const stamp = await stampWhen(page, 'Mug', PATIENCE_MS);
  assert.ok(stamp, 'the pin comes');
  const off = stamp.taken_at - pinned_at;
  t.diagnostic(`replay: the pin stands ${off} ms from its frame (goal ±1000)`);
  assert.ok(Math.abs(off) < 8_000, `${off} ms from its frame`);
});
