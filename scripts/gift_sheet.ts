/**
 * Photographs the contact sheet of all gifts from a running server into docs/images/gifts.png.
 *
 *     node scripts/gift_sheet.ts [--url http://localhost:3000]
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

const { values } = parseArgs({ options: { url: { type: 'string', default: 'http://localhost:3000' } } });
const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--disable-background-networking'],
  headless: true,
});
try {
  const context = await browser.newContext({ viewport: { width: 1180, height: 1200 }, locale: 'en' });
  await context.addInitScript(`localStorage.setItem('souk.theme', 'dark'); localStorage.setItem('souk.locale', 'en')`);
  const page = await context.newPage();
  await page.goto(`${values.url}/gifts`);
  const sheet = page.locator('#gift-sheet');
  await sheet.getByRole('button').first().waitFor();
  const path = join(resolve(import.meta.dirname, '..'), 'docs/images/gifts.png');
  await sheet.screenshot({ path });
  process.stdout.write(`wrote ${path}\n`);
} finally {
  await browser.close();
}
