/** axe in the journeys: a page has no serious finding, in whichever theme and language it stands. */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const GRAVE = new Set(['serious', 'critical']);

/** Serious and critical findings of the page as it stands now, each as one line with the first place of it. */
export async function faultsOfPage(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  // Pictures that move in and out would be measured half transparent.
  await page.evaluate('Promise.allSettled(document.getAnimations().map((moving) => moving.finished))');
  // Nothing is preloaded: only a moderate rule asks for it, and for a live picture it waits ten seconds in vain.
  const axe = new AxeBuilder({ page: page as never }).options({ preload: false }).withTags(tags);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => GRAVE.has(impact ?? ''))
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}×, ${nodes[0]?.target.join(' ')})`);
}

/** Fails with every serious finding. @param where names the page in the message */
export async function assertAccessible(page: Page, where: string): Promise<void> {
  assert.deepEqual(await faultsOfPage(page), [], `${where} is not accessible`);
}
