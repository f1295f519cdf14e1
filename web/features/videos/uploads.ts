/**
 * What is being uploaded. It lives beside the screens, so that it goes on while its owner walks about in the app;
 * the heavy parts (examining, converting, sending) come with uploader.ts.
 */
import { useSyncExternalStore } from 'react';
import type { Facts, Verdict } from './examine.ts';

export type Phase =
  | 'examining'
  /** Cannot be taken; `why` says so. */
  | 'refused'
  /** Another file is made of it. */
  | 'converting'
  | 'sending'
  | 'paused'
  /** All is sent; the house takes it apart. */
  | 'packaging'
  | 'ready'
  /** Went wrong on the way; may be tried again. */
  | 'failed'
  /** Left over from an earlier visit: its owner is asked to go on. */
  | 'left'
  | 'done';

export type Audience = 'everyone' | 'followers' | 'friends' | 'me';
export type Commenters = 'everyone' | 'followers' | 'friends' | 'nobody';

export interface Details {
  caption: string;
  language: string;
  visibility: Audience;
  who_comments: Commenters;
  may_duet: boolean;
}

/** What happens when the last byte has come: nothing yet, a draft, or the post (now or at a time). */
export type Wish = { kind: 'draft' } | { kind: 'publish'; at: string | null };

export interface Upload {
  id: string;
  name: string;
  /** As chosen or recorded; null after a reload without a copy. */
  file: File | null;
  /** For the preview; dies with the page. */
  url: string | null;
  phase: Phase;
  facts: Facts | null;
  verdict: Verdict | null;
  /** Bytes while sending, hundredths while converting. */
  done: number;
  of: number;
  /** Bytes a second of late; null before there is a figure. */
  speed: number | null;
  why: string | null;
  error: unknown;
  upload_id: string | null;
  video_id: string | null;
  details: Details;
  cover: Blob | null;
  wish: Wish | null;
  /** The sound that it uses, the video beside which it was filmed. */
  sound_id: string | null;
  duet_of: string | null;
}

let uploads: readonly Upload[] = [];
const listeners = new Set<() => void>();

function tell(next: readonly Upload[]): void {
  uploads = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useUploads = (): readonly Upload[] => useSyncExternalStore(subscribe, () => uploads);

export const findUpload = (id: string): Upload | undefined => uploads.find((one) => one.id === id);

export function addUpload(upload: Upload): void {
  tell([...uploads, upload]);
}

export function changeUpload(id: string, change: Partial<Upload>): void {
  tell(uploads.map((one) => (one.id === id ? { ...one, ...change } : one)));
}

export function dropUpload(id: string): void {
  const url = findUpload(id)?.url;
  if (url) URL.revokeObjectURL(url);
  tell(uploads.filter((one) => one.id !== id));
}

const AT_WORK = new Set<Phase>(['examining', 'converting', 'sending', 'packaging']);

export const isAtWork = ({ phase }: Upload): boolean => AT_WORK.has(phase);

/** PURE: how far all of them are together, 0 to 1; null when nothing is at work. */
export function progressOf(all: readonly Upload[]): { n: number; share: number } | null {
  const open = all.filter((one) => isAtWork(one) || one.phase === 'paused');
  if (open.length === 0) return null;
  const share = open.reduce((sum, { phase, done, of }) => sum + (phase === 'packaging' ? 1 : of ? done / of : 0), 0);
  return { n: open.length, share: share / open.length };
}
