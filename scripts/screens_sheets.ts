/** Contact sheets: eight pictures of a kind on each, so that many can be looked at. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';

const NAME = /^(.+)-((phone|desktop)-(?:dark|light)-(?:en|de))\.png$/;
const WIDTHS: Record<string, number> = { phone: 366, desktop: 736 };

/** Writes `<folder>/sheets/<width>-<theme>-<language>-<n>.png` from all pictures of the folder, in order of name. */
export async function laySheets(browser: Browser, folder: string): Promise<void> {
  mkdirSync(join(folder, 'sheets'), { recursive: true });
  const modes = Map.groupBy(
    readdirSync(folder)
      .sort()
      .filter((file) => NAME.test(file)),
    (file) => NAME.exec(file)?.[2] ?? '',
  );
  for (const [mode, files] of modes) {
    for (let at = 0; at < files.length; at += 8) {
      const sheet = join(folder, 'sheets', `${mode}-${String(at / 8 + 1).padStart(2, '0')}.png`);
      await laySheet(browser, folder, files.slice(at, at + 8), sheet);
    }
  }
}

async function laySheet(browser: Browser, folder: string, files: string[], sheet: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
  // A page of the folder itself: from elsewhere the browser shows no files.
  await page.goto(pathToFileURL(`${resolve(folder)}/`).href);
  const figures = files.map((file) => {
    const [, name, , size] = NAME.exec(file) ?? [];
    const width = WIDTHS[size ?? ''];
    return `<figure style="display:inline-block;margin:2px;vertical-align:top;width:${width}px"><figcaption>${name}
      </figcaption><img src="${file}" style="width:${width}px;display:block"></figure>`;
  });
  await page.setContent(
    `<body style="margin:4px;background:#555;color:#fff;font:13px sans-serif">${figures.join('')}</body>`,
  );
  await page.screenshot({ path: sheet, fullPage: true });
  await page.close();
}
