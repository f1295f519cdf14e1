/**
 * Photographs every page of a running demo, and the states that only a deed brings up, at two widths, in both themes
 * and both languages, and lays eight of a kind on a sheet each.
 *
 *     npm start -- …                       # a demo with data of its own: one of everything is made in it
 *     node scripts/screens.ts <folder> [--url http://localhost:3000] [--only wallet,live-] [--full]
 *                             [--sizes phone,desktop] [--themes dark,light] [--locales en,de]
 *
 * `--only` takes the shots whose names begin so (screens_shots.ts). Said are pages that are wider than the screen, what
 * could not be reached, and what the browser complained about.
 */
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import chromium from '@sparticuz/chromium';
import { type BrowserContext, type Page, chromium as playwright } from 'playwright-core';
import { installCamera } from '../server/test/fake_camera.ts';
import { type Scene, setScene } from './screens_scene.ts';
import { laySheets } from './screens_sheets.ts';
import { shotsOf } from './screens_shots.ts';
import type { Shot } from './screens_ways.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    only: { type: 'string', default: '' },
    sizes: { type: 'string', default: 'phone,desktop' },
    themes: { type: 'string', default: 'dark,light' },
    locales: { type: 'string', default: 'en,de' },
    full: { type: 'boolean', default: false },
  },
});
const folder = positionals[0] ?? '';
if (!folder) throw new Error('name a folder: node scripts/screens.ts <folder>');
mkdirSync(folder, { recursive: true });

const SIZES: Record<string, { width: number; height: number }> = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1440, height: 900 },
};

const list = (text: string): string[] => text.split(',').filter(Boolean);
const only = list(values.only);
const say = (line: string) => process.stdout.write(`${line}\n`);

/** A text of the app; of those with arguments what stands before the first. */
function textsOf(locale: string): (id: string) => string {
  const files = globSync(resolve(import.meta.dirname, `../web/locales/${locale}/*.json`));
  const texts: Record<string, string> = Object.assign({}, ...files.map((f) => JSON.parse(readFileSync(f, 'utf8'))));
  return (id) => {
    const text = texts[id];
    if (text === undefined) throw new Error(`no text ${id}`);
    return text.replace(/\{.*$/, '').trim();
  };
}

const launch = async () =>
  playwright.launch({
    executablePath: await chromium.executablePath(),
    // Not the package's own list: its single process dies with the first window.
    args: [
      '--no-sandbox',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
    ],
    headless: true,
  });

/** Both themes are taken of one visit. */
type Opening = { size: string; locale: string };

async function open({ size, locale }: Opening): Promise<BrowserContext> {
  const viewport = SIZES[size] ?? null;
  const context = await browser.newContext({ viewport, locale, hasTouch: size === 'phone', ignoreHTTPSErrors: true });
  await context.addInitScript(`localStorage.setItem('souk.locale', '${locale}')`);
  await installCamera(context);
  return context;
}

async function become(context: BrowserContext, cookie: string | undefined): Promise<void> {
  await context.clearCookies();
  if (!cookie) return;
  const at = cookie.indexOf('=');
  await context.addCookies([{ name: cookie.slice(0, at), value: cookie.slice(at + 1), url: values.url }]);
}

/** Two seconds at most: rooms and previews never fall silent. */
const settle = (page: Page) => page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined);

async function take(page: Page, name: string, { size, locale }: Opening): Promise<void> {
  await page.waitForTimeout(500);
  const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  if (Number(over) > 0) say(`  ${name}-${size}-${locale}: ${over} px wider than the screen`);
  for (const theme of list(values.themes)) {
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
    await page.waitForTimeout(250);
    const path = join(folder, `${name}-${size}-${theme}-${locale}.png`);
    // A page that encodes a camera leaves little to the photographer.
    await page.screenshot({ path, fullPage: values.full, timeout: 30_000 });
  }
}

async function shoot(context: BrowserContext, scene: Scene, shot: Shot, mode: Opening): Promise<void> {
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  page.on('console', (line) => line.type() === 'error' && say(`  ${shot.name}: ${line.text()} (${page.url()})`));
  page.on('pageerror', (error) => say(`  ${shot.name}: ${error.message}`));
  const snap = (name: string) => take(page, name, mode);
  try {
    await become(context, shot.who ? scene.players[shot.who].cookie : undefined);
    await page.goto(values.url + shot.path, { waitUntil: 'load' });
    await settle(page);
    await shot.act?.({ page, url: values.url, scene, t: textsOf(mode.locale), snap });
    if (shot.act) await settle(page);
    await snap(shot.name);
  } catch (error) {
    say(`  ${shot.name}-${mode.size}-${mode.locale}: ${String(error).split('\n')[0]}`);
    await take(page, `failed-${shot.name}`, mode).catch(() => {});
  }
  await page.close({ runBeforeUnload: false }).catch(() => {});
}

const scene = await setScene(values.url);
let browser = await launch();
for (const size of list(values.sizes)) {
  for (const locale of list(values.locales)) {
    const mode = { size, locale };
    let context = await open(mode);
    const wanted = shotsOf(scene).filter(({ name }) => only.length === 0 || only.some((one) => name.startsWith(one)));
    for (const shot of wanted) {
      // One that encoded a camera may be at its end.
      if (!browser.isConnected()) {
        browser = await launch();
        context = await open(mode);
      }
      await shoot(context, scene, shot, mode);
    }
    // A browser that has shown hundreds of pages is given its rest.
    await browser.close().catch(() => {});
    browser = await launch();
    say(`${size} ${locale}: ${wanted.length} visits`);
  }
}
await scene.strike();
await laySheets(browser, folder);
await browser.close();
say(`${folder}: written`);
process.exit(0);
