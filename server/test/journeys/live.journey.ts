/** A live in a real Chromium: a camera whose frames carry the time, a viewer who reads it, the end, the replay. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { installCamera, type Microphone, readStamps, untilMoving } from '../fake_camera.ts';
import { openHouse } from '../harness.ts';
import { launch } from './visitor.ts';

const house = await openHouse(null, { real: true });
const browsers = new WeakMap<TestContext, Promise<Browser>>();

/** One browser a test, closed with it: a page left open would go on sending. */
function browserOf(t: TestContext): Promise<Browser> {
  const known = browsers.get(t);
  if (known) return known;
  const fresh = launch();
  browsers.set(t, fresh);
  t.after(async () => (await fresh).close());
  return fresh;
}

async function enter(
  t: TestContext,
  cookie: string | null,
  size: { width: number; height: number },
): Promise<BrowserContext> {
  const browser = await browserOf(t);
  const context = await browser.newContext({ viewport: size, locale: 'en' });
  if (cookie) {
    const at = cookie.indexOf('=');
    await context.addCookies([{ name: cookie.slice(0, at), value: cookie.slice(at + 1), url: house.url }]);
  }
  return context;
}

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

interface Live {
  host: Page;
  /** Where viewers go. */
  path: string;
  began_at: number;
}

/** Goes live through the studio. @param prepare spoils the host's browser before it loads the page */
async function goLive(
  t: TestContext,
  title: string,
  microphone: Microphone,
  prepare: (context: BrowserContext) => Promise<unknown> = async () => {},
): Promise<Live> {
  const { cookie } = await house.person();
  const context = await enter(t, cookie, DESKTOP);
  await installCamera(context, microphone);
  await prepare(context);
  const host = await context.newPage();
  host.on('pageerror', (error) => console.error('host:', error.message));
  await host.goto(`${house.url}/studio/live`);
  await host.getByLabel('What is it about?').fill(title);
  const began_at = Date.now();
  await host.getByRole('button', { name: 'Go live' }).click();
  const link = host.getByRole('link', { name: 'See the room as they do' });
  await link.waitFor();
  return { host, path: (await link.getAttribute('href')) as string, began_at };
}

async function watch(t: TestContext, path: string): Promise<Page> {
  const viewer = await (await enter(t, null, PHONE)).newPage();
  viewer.on('pageerror', (error) => console.error('viewer:', error.message));
  await viewer.goto(`${house.url}${path}`);
  return viewer;
}

async function end(host: Page): Promise<void> {
  await host.getByRole('button', { name: 'End live' }).click();
  await host.getByRole('alertdialog').getByRole('button', { name: 'End live' }).click();
  await host.getByRole('link', { name: 'Watch the replay' }).waitFor();
}

const percentile = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

test('a live is seen within seconds, ends for everyone, and plays again', { timeout: 240_000 }, async (t) => {
  const { host, path } = await goLive(t, 'Bowls on the wheel', 'tone');
  const viewer = await watch(t, path);
  assert.ok(await untilMoving(viewer, 40_000), 'the picture moves');
  const stamps = await readStamps(viewer, 40_000);
  const behind = stamps.map(({ taken_at, read_at }) => read_at - taken_at).sort((a, b) => a - b);
  const [p50, p95] = [percentile(behind, 0.5), percentile(behind, 0.95)];
  // Speed is printed beside its goal, not asserted: two cores that encode and decode in software are no measure of it.
  t.diagnostic(`live: ${stamps.length} stamps in 40 s (goal 30), behind by p50 ${p50} ms, p95 ${p95} ms (goal 5000)`);
  assert.ok(stamps.length >= 5, `${stamps.length} different frames were decoded`);

  await end(host);
  const replay = await watch(t, path);
  assert.ok(await untilMoving(replay, 40_000), 'the replay plays');
});

async function movesInTime(t: TestContext, name: string, live: Live): Promise<void> {
  const viewer = await watch(t, live.path);
  assert.ok(await untilMoving(viewer, 40_000), `${name}: the picture moves`);
  const took = Date.now() - live.began_at;
  t.diagnostic(`live: ${name}: the picture moves ${took} ms after the button (goal 8000)`);
  await end(live.host);
}

test('a host with a dead microphone: the picture moves all the same', { timeout: 150_000 }, async (t) => {
  await movesInTime(t, 'dead microphone', await goLive(t, 'Silent clay', 'dead'));
});

test('a host without AAC: the picture moves all the same', { timeout: 150_000 }, async (t) => {
  // This Chromium has no AAC of its own; here the one we bring does not load either.
  const live = await goLive(t, 'No AAC', 'tone', (context) => context.route(/aac/i, (route) => route.abort()));
  await movesInTime(t, 'no AAC', live);
});

test('a host whose encoder promises sound and gives none: the picture moves all the same', {
  timeout: 150_000,
}, async (t) => {
  const live = await goLive(t, 'Broken promise', 'tone', (context) =>
    context.addInitScript(() => {
      AudioEncoder.prototype.encode = () => undefined;
      AudioEncoder.isConfigSupported = async (config) => ({ supported: true, config });
    }),
  );
  await movesInTime(t, 'mute encoder', live);
});
