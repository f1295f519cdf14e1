/** How somebody watches: with sound, with captions, sparing data. Kept in the browser, the same for every video. */
import { useSyncExternalStore } from 'react';

export interface Viewing {
  sound: boolean;
  captions: boolean;
  /** The smallest picture, and nothing fetched ahead. */
  saver: boolean;
  /** A guest's dial; of others it is kept with the account. Null: where the market puts it. */
  dial: number | null;
}

const KEY = 'souk.viewing';
const listeners = new Set<() => void>();
let viewing = read();

function read(): Viewing {
  const asked = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData ?? false;
  const fresh = { sound: false, captions: false, saver: asked, dial: null };
  try {
    return { ...fresh, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Viewing>) };
  } catch {
    return fresh;
  }
}

export function setViewing(change: Partial<Viewing>): void {
  viewing = { ...viewing, ...change };
  localStorage.setItem(KEY, JSON.stringify(viewing));
  for (const tell of listeners) tell();
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** For who asks the server, outside of what is drawn. */
export const viewingNow = (): Viewing => viewing;

export const useViewing = (): Viewing => useSyncExternalStore(subscribe, () => viewing);
