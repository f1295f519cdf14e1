/** A person at a browser: texts in their language, forms by their labels, and how often they had to touch something. */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import type { House } from '../harness.ts';

export type Locale = 'de' | 'en';

const LOCALES = resolve(import.meta.dirname, '../../../web/locales');

/** All texts of a language; only those without ICU arguments are of use as labels. */
function textsOf(locale: Locale): Record<string, string> {
  const files = globSync(`${LOCALES}/${locale}/*.json`);
  return Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(file, 'utf8'))));
}

export const launch = async (): Promise<Browser> =>
  playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...chromium.args, '--autoplay-policy=no-user-gesture-required', '--disable-background-networking'],
    headless: true,
  });

export interface Visitor {
  page: Page;
  /** A text of the app in this person's language, as written in the locale file. */
  t(id: string): string;
  /** When each socket message of a type arrived: to measure what one screen shows after another acted. */
  heard: { at: number; message: Record<string, unknown> }[];
  errors: string[];
}

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } };

/** Opens a browser window of its own. */
export async function visit(
  browser: Browser,
  house: House,
  size: keyof typeof SIZES,
  locale: Locale,
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: SIZES[size], locale: locale === 'de' ? 'de-DE' : 'en-GB' });
  const page = await context.newPage();
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
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => visitor.errors.push(error.message));
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) =>
      visitor.heard.push({ at: Date.now(), message: JSON.parse(payload.toString()) }),
    ),
  );
  await page.goto(house.url);
  return visitor;
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
  within_ms = 15_000,
): Promise<number> {
  for (const until = Date.now() + within_ms; Date.now() < until; ) {
    const found = visitor.heard.slice(from).find(({ message }) => fits(message));
    if (found) return found.at;
    await visitor.page.waitForTimeout(20);
  }
  throw new Error(`not heard within ${within_ms} ms`);
}
