/**
 * Photographs every page at two widths, in both themes and both languages, from a running server.
 *
 *     node scripts/screens.ts <folder> [--url http://localhost:3000] [--door watch|create|sell|run] [--only /wallet,/live]
 *                             [--sizes phone,desktop] [--themes dark,light] [--locales en,de] [--full]
 *
 * With `--door` it enters through that door of the demo first. It says which pages are wider than the screen and repeats
 * what the browser complained about.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import chromium from '@sparticuz/chromium';
import { type BrowserContext, type Page, chromium as playwright } from 'playwright-core';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    door: { type: 'string' },
    only: { type: 'string' },
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
const PLACES = [
  '/',
  '/shop',
  '/wallet',
  '/orders',
  '/me',
  '/settings',
  '/notices',
  '/settings/notices',
  '/studio',
  '/studio/live',
  '/seller',
  '/operate',
];
const LEGAL = [
  '/legal/imprint',
  '/legal/privacy',
  '/legal/terms',
  '/legal/withdraw',
  '/legal/cancel',
  '/demo',
  '/nowhere',
];

const list = (text: string | undefined): string[] => text?.split(',').filter(Boolean) ?? [];
const paths = values.only ? list(values.only) : [...PLACES, ...LEGAL];
const nameOf = (path: string): string => path.replace(/^\//, '').replaceAll(/[/?=&#]/g, '-') || 'home';
const say = (line: string) => process.stdout.write(`${line}\n`);

const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  // Not the package's own list: its single process dies with the first window.
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--disable-background-networking'],
  headless: true,
});

async function open(size: string, theme: string, locale: string): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: SIZES[size] ?? null,
    locale,
    hasTouch: size === 'phone',
    ignoreHTTPSErrors: true,
  });
  await context.addInitScript(
    `localStorage.setItem('souk.theme', '${theme}'); localStorage.setItem('souk.locale', '${locale}')`,
  );
  if (values.door) {
    const answer = await context.request.post(`${values.url}/api/demo/doors/${values.door}`);
    if (!answer.ok()) throw new Error(`the door ${values.door} answered ${answer.status()}`);
  }
  return context;
}

async function shoot(page: Page, path: string, name: string): Promise<void> {
  await page.goto(values.url + path, { waitUntil: 'load' });
  await page.waitForLoadState('networkidle', { timeout: 4000 }).catch(() => undefined);
  await page.waitForTimeout(900);
  const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  if (Number(over) > 0) say(`  ${name}: ${over} px wider than the screen`);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: values.full });
}

for (const size of list(values.sizes)) {
  for (const theme of list(values.themes)) {
    for (const locale of list(values.locales)) {
      const context = await open(size, theme, locale);
      const page = await context.newPage();
      page.on('console', (line) => line.type() === 'error' && say(`  ${page.url()}: ${line.text()}`));
      page.on('pageerror', (error) => say(`  ${page.url()}: ${error.message}`));
      for (const path of paths) await shoot(page, path, `${nameOf(path)}-${size}-${theme}-${locale}`);
      await context.close();
    }
  }
}
await browser.close();
say(`${folder}: written`);
