import { useSyncExternalStore } from 'react';
import { playGift } from './sounds.ts';

/** How loud gifts are on this device, 0 to 1; silent until the viewer says otherwise. */

const PLACE = 'souk.gift_volume';
const heard = new Set<() => void>();

function read(): number {
  try {
    const kept = Number(localStorage.getItem(PLACE) ?? 0);
    return Number.isFinite(kept) ? Math.min(1, Math.max(0, kept)) : 0;
  } catch {
    return 0;
  }
}

export function setGiftVolume(volume: number): void {
  try {
    localStorage.setItem(PLACE, String(volume));
  } catch {
    // A browser without storage forgets it with the page.
  }
  for (const tell of heard) tell();
}

function subscribe(tell: () => void): () => void {
  heard.add(tell);
  return () => heard.delete(tell);
}

export const useGiftVolume = (): number => useSyncExternalStore(subscribe, read);

const CHIPS_APART_MS = 900;
let chip_at = Number.NEGATIVE_INFINITY;

/** Plays a gift as loud as the viewer allows. In a storm of small ones not every one sounds. */
export function soundOf(gift: string, small: boolean): void {
  const volume = read();
  if (volume === 0) return;
  if (small && performance.now() - chip_at < CHIPS_APART_MS) return;
  if (small) chip_at = performance.now();
  playGift(gift, small ? volume * 0.7 : volume);
}
