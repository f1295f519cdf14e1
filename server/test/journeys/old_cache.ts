/** A cache on the way that is old: whoever watches through it is behind by its age, as steadily as a test needs. */
import type { BrowserContext } from 'playwright-core';
import { pause } from './visitor.ts';

export interface OldCache {
  /** Lets a browser see the playlist only as it was. */
  holdBack(context: BrowserContext): Promise<void>;
  stop(): void;
}

const EVERY_MS = 250;

/** @param playlist the address of a running live's segment list. Resolves when something is old enough to be shown. */
export async function openOldCache(playlist: string, age_ms: number): Promise<OldCache> {
  const kept: { at: number; text: string }[] = [];
  const keep = async () => {
    const response = await fetch(playlist).catch(() => null);
    if (response?.ok) kept.push({ at: Date.now(), text: await response.text() });
  };
  const old = () => kept.findLast(({ at }) => Date.now() - at >= age_ms);
  const timer = setInterval(() => void keep(), EVERY_MS);
  while (!old()) await pause(EVERY_MS);
  return {
    async holdBack(context) {
      const contentType = 'application/vnd.apple.mpegurl';
      await context.route(playlist, (route) => route.fulfill({ contentType, body: old()?.text ?? '' }));
    },
    stop: () => clearInterval(timer),
  };
}
