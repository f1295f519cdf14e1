/** Keeps what is being uploaded over a reload: the bytes where they fit, and where the server holds its part. */
import type { Details } from './uploads.ts';

export interface Kept {
  id: string;
  name: string;
  /** Tells the file again when its owner chooses it once more. */
  fingerprint: string;
  /** The file itself, up to KEPT_BYTES. */
  file: File | null;
  /** What is sent in its place, when it was made anew. */
  made: Blob | null;
  small: Blob | null;
  /** Where the server holds what has come, once it has a place. */
  location: string | null;
  person_id: string;
  details: Details;
  cover: Blob | null;
  sound_id: string | null;
  duet_of: string | null;
  kept_at: number;
}

const KEPT_BYTES = 512 * 1024 * 1024;
/** The server throws away what nobody finishes. */
const KEPT_MS = 24 * 3_600_000;

export const fingerprintOf = ({ name, size, lastModified }: File): string => `${name}|${size}|${lastModified}`;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('souk.uploads', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('uploads', { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function ask<T>(mode: IDBTransactionMode, deed: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  try {
    return await new Promise((resolve, reject) => {
      const request = deed(db.transaction('uploads', mode).objectStore('uploads'));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } finally {
    db.close();
  }
}

/** A browser without room, or without a memory at all, uploads all the same. */
export async function keep(kept: Kept): Promise<void> {
  const small_enough = (blob: Blob | null) => blob !== null && blob.size <= KEPT_BYTES;
  const entry = { ...kept, file: small_enough(kept.file) ? kept.file : null };
  await ask('readwrite', (store) => store.put(entry)).catch(() =>
    ask('readwrite', (store) => store.put({ ...entry, file: null, made: null, small: null })).catch(() => undefined),
  );
}

export async function changeKept(id: string, change: Partial<Kept>): Promise<void> {
  const known = await ask<Kept | undefined>('readonly', (store) => store.get(id)).catch(() => undefined);
  if (known) await keep({ ...known, ...change });
}

export async function forget(id: string): Promise<void> {
  await ask('readwrite', (store) => store.delete(id)).catch(() => undefined);
}

/** What this person left unfinished in this browser, newest first. */
export async function listKept(person_id: string): Promise<Kept[]> {
  const all = await ask<Kept[]>('readonly', (store) => store.getAll()).catch(() => []);
  const stale = all.filter(({ kept_at }) => kept_at < Date.now() - KEPT_MS);
  await Promise.all(stale.map(({ id }) => forget(id)));
  return all
    .filter((one) => one.person_id === person_id && !stale.includes(one))
    .toSorted((a, b) => b.kept_at - a.kept_at);
}
