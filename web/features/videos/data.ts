/** What the screens of making ask of the house. */
import type { Details } from './uploads.ts';

export async function ask<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
  const answer = await fetch(`/api${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(key && { 'Idempotency-Key': key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const value = text ? JSON.parse(text) : undefined;
  if (!answer.ok) throw value;
  return value as T;
}

export interface Draft extends Details {
  upload_id: string;
  sound_id: string | null;
  duet_of: string | null;
}

export async function createDraft(draft: Draft, key: string): Promise<string> {
  return (await ask<{ video_id: string }>('POST', '/videos', draft, key)).video_id;
}

export const putDetails = (video_id: string, details: Details) => ask('PUT', `/videos/${video_id}`, details);

export const publish = (video_id: string, at: string | null, key: string) =>
  ask('POST', `/videos/${video_id}/publish`, { at }, key);

export const readUpload = (upload_id: string) =>
  ask<{ state: 'receiving' | 'packaging' | 'packaged' | 'refused'; refusal: string | null }>(
    'GET',
    `/media/uploads/${upload_id}`,
  );

export async function putCover(video_id: string, cover: Blob): Promise<void> {
  const answer = await fetch(`/api/videos/${video_id}/cover`, {
    method: 'PUT',
    headers: { 'content-type': cover.type },
    body: cover,
  });
  if (!answer.ok) throw await answer.json();
}

/** A post as its owner sees it. */
export interface OwnVideo extends Details {
  video_id: string;
  state: 'draft' | 'scheduled' | 'published';
  cover_url: string | null;
  duration_ms: number | null;
  width: number | null;
  height: number | null;
  playlist_url: string | null;
  captions: { language: string; url: string }[];
  tags: string[];
  counts: { views: number; likes: number; comments: number; shares: number; saves: number };
  upload: {
    upload_id: string;
    state: 'receiving' | 'packaging' | 'packaged' | 'refused';
    refusal: string | null;
    file_name: string;
  };
  created_at: string;
  publish_at: string | null;
  published_at: string | null;
  hidden_at: string | null;
}

export const listMine = (state: OwnVideo['state'] | null, limit: number) =>
  ask<{ items: OwnVideo[]; next: string | null }>(
    'GET',
    `/videos/mine?limit=${limit}${state ? `&state=${state}` : ''}`,
  );
