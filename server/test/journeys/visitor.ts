/** A person at a browser: texts in their language, forms by their labels, and how often they had to touch something. */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, type Page, chromium as playwright } from 'playwright-core';
import { type Colour, installCamera, type Microphone } from '../fake_camera.ts';
import type { House } from '../harness.ts';

export type Locale = 'de' | 'en';

const LOCALES = resolve(import.meta.dirname, '../../../web/locales');

/** All texts of a language; only those without ICU arguments are of use as labels. */
function textsOf(locale: Locale): Record<string, string> {
  const files = globSync(`${LOCALES}/${locale}/*.json`);
  return Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(file, 'utf8'))));
}

export async function launch(): Promise<Browser> {
  // Two browsers of one machine find each other by their addresses: there is nobody here who resolves names for them.
  const args = chromium.args.map((arg) =>
    arg.startsWith('--disable-features=') ? `${arg},WebRtcHideLocalIpsWithMdns` : arg,
  );
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...args, '--autoplay-policy=no-user-gesture-required', '--disable-background-networking'],
    headless: true,
  });
}

export interface Visitor {
  page: Page;
  /** A text of the app in this person's language, as written in the locale file. */
  t(id: string): string;
  /** When each socket message of a type arrived: to measure what one screen shows after another acted. */
  heard: { at: number; message: Record<string, unknown> }[];
  errors: string[];
}

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } };

export interface Arrival {
  size?: keyof typeof SIZES;
  locale?: Locale;
  /** Signed in already. */
  as?: { cookie: string };
  /** Brings a camera whose frames carry the time, and this microphone. */
  camera?: Microphone;
  /** What it sees. */
  colour?: Colour;
  /** It sees much to send. */
  grain?: boolean;
  /** Spoils or slows the browser before it loads a page. */
  prepare?: (context: BrowserContext) => Promise<unknown>;
}

export interface Gate {
  /** Opens the app's first page. */
  arrive(arrival?: Arrival): Promise<Visitor>;
  /** Everybody leaves: a page left open would go on sending. */
  close(): Promise<void>;
}

/** Lets people in, each with a browser of their own: the windows of one share their cookies, being one process. */
export function openGate(house: House): Gate {
  const browsers: Browser[] = [];
  return {
    async arrive({ size = 'desktop', locale = 'en', as, camera, colour, grain, prepare } = {}) {
      const browser = await launch();
      browsers.push(browser);
      return visit(browser, house, size, locale, async (context) => {
        if (as) await context.addCookies([{ ...pairOf(as.cookie), url: house.url }]);
        if (camera) await installCamera(context, camera, { colour, grain });
        await prepare?.(context);
      });
    },
    close: async () => void (await Promise.all(browsers.splice(0).map((browser) => browser.close()))),
  };
}

/** Opens the app's first page in a window of its own. @param prepare is called before the page loads */
export async function visit(
  browser: Browser,
  house: House,
  size: keyof typeof SIZES,
  locale: Locale,
  prepare: Arrival['prepare'] = async () => {},
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: SIZES[size], locale: locale === 'de' ? 'de-DE' : 'en-GB' });
  await prepare(context);
  const visitor = watched(await context.newPage(), locale);
  await visitor.page.goto(house.url);
  return visitor;
}

function pairOf(cookie: string): { name: string; value: string } {
  const at = cookie.indexOf('=');
  return { name: cookie.slice(0, at), value: cookie.slice(at + 1) };
}

function watched(page: Page, locale: Locale): Visitor {
  const texts = textsOf(locale);
  const visitor: Visitor = {
    page,
    heard: [],
    errors: [],
    t(id) {
      const text = texts[id];
      if (text === undefined) throw new Error(`no text ${id} in ${locale}`);
      return text;
    },
  };
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => visitor.errors.push(error.message));
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) =>
      visitor.heard.push({ at: Date.now(), message: JSON.parse(payload.toString()) }),
    ),
  );
  return visitor;
}

/** Goes live through the studio. @returns where viewers go, and when the button was pressed */
export async function goLive({ page, t }: Visitor, house: House, title: string) {
  await page.goto(`${house.url}/studio/live`);
  await page.getByLabel(t('golive.name')).fill(title);
  const opened = page.waitForResponse((response) => /\/api\/rooms$/.test(response.url()) && response.ok());
  const began_at = Date.now();
  await page.getByRole('button', { name: t('golive.start') }).click();
  const { room } = (await (await opened).json()) as { room: { room_id: string } };
  await page.getByRole('button', { name: t('golive.end') }).waitFor();
  return { path: `/live/${room.room_id}`, began_at };
}

export async function endLive({ page, t }: Visitor): Promise<void> {
  await page.getByRole('button', { name: t('golive.end') }).click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: t('golive.end') })
    .click();
  await page.getByRole('link', { name: t('golive.watch_replay') }).waitFor();
}

/** Pins the first product of the list. @returns when the button was pressed, by the clock that the camera shows */
export async function pinFirst({ page, t }: Visitor): Promise<number> {
  const button = page.getByRole('button', { name: t('golive.pin'), exact: true }).first();
  await button.waitFor();
  await button.evaluate((pressed) =>
    pressed.addEventListener('click', () => pressed.setAttribute('data-pressed-at', String(Date.now()))),
  );
  const handle = await button.elementHandle();
  await handle?.click();
  return Number(await handle?.getAttribute('data-pressed-at'));
}

/** Signs up through the sheet and follows the link of the mail. */
export async function signUp(house: House, { page, t }: Visitor, name: string, email: string): Promise<void> {
  await page
    .getByRole('button', { name: t('shell.sign_in') })
    .first()
    .click();
  await page.getByLabel(t('people.name'), { exact: true }).fill(name);
  await page.getByLabel(t('people.email')).fill(email);
  await page.getByLabel(t('people.password')).fill('a quiet market in the morning');
  await page.getByLabel(t('people.born_on')).fill('1991-04-05');
  await page.getByRole('button', { name: t('people.sign_up') }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await house.drain();
  const { rows } = await house.ctx.db.pool.query<{ body_text: string }>(
    'select body_text from mailbox where recipient = $1 order by sent_at desc limit 1',
    [email],
  );
  const link = /https?:\/\/\S+/.exec(rows[0]?.body_text ?? '')?.[0];
  if (!link) throw new Error(`no mail to ${email}`);
  const { pathname, search, hash } = new URL(link);
  await page.goto(house.url + pathname + search + hash);
  await page.getByText(t('people.verified'), { exact: true }).waitFor();
}

/** When a message that fits arrived on this person's sockets. @param from how many had been heard before */
export async function heardAt(
  visitor: Visitor,
  fits: (message: Record<string, unknown>) => boolean,
  from = 0,
  within_ms = 60_000,
): Promise<number> {
  for (const until = Date.now() + within_ms; Date.now() < until; ) {
    const found = visitor.heard.slice(from).find(({ message }) => fits(message));
    if (found) return found.at;
    await visitor.page.waitForTimeout(20);
  }
  throw new Error(`not heard within ${within_ms} ms`);
}

export const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));
