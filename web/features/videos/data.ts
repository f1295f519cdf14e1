/** What the screens of making ask of the house. Each throws the problem document of a refusal. */
import type { paths } from '@souk/sdk/openapi';
import { api } from '../../api.ts';
import type { Details } from './uploads.ts';

type Mine = paths['/api/videos/mine']['get']['responses'][200]['content']['application/json'];

/** A post as its owner sees it. */
export type OwnVideo = Mine['items'][number];
export type PostState = OwnVideo['state'];

/** A post as others see it. */
export type VideoCard = paths['/api/videos/{video_id}']['get']['responses'][200]['content']['application/json'];
export type SoundView = paths['/api/sounds/{sound_id}']['get']['responses'][200]['content']['application/json'];

export const detailsOf = ({ caption, language, visibility, who_comments, may_duet }: OwnVideo): Details => ({
  caption,
  language,
  visibility,
  who_comments,
  may_duet,
});

export interface Draft extends Details {
  upload_id: string;
  sound_id: string | null;
  duet_of: string | null;
}

export async function createDraft(draft: Draft, key: string): Promise<string> {
  const { data, error } = await api.POST('/api/videos', { body: draft, headers: { 'Idempotency-Key': key } });
  if (!data) throw error;
  return data.video_id;
}

export async function putDetails(video_id: string, body: Details): Promise<void> {
  const { error } = await api.PUT('/api/videos/{video_id}', { params: { path: { video_id } }, body });
  if (error) throw error;
}

/** @param at null: as soon as it is packaged */
export async function publish(video_id: string, at: string | null, key: string): Promise<void> {
  const params = { path: { video_id } };
  const headers = { 'Idempotency-Key': key };
  const { error } = await api.POST('/api/videos/{video_id}/publish', { params, body: { at }, headers });
  if (error) throw error;
}

export async function readUpload(upload_id: string) {
  const { data, error } = await api.GET('/api/media/uploads/{upload_id}', { params: { path: { upload_id } } });
  if (!data) throw error;
  return data;
}

export const putCover = (video_id: string, cover: Blob) => putBytes(`/api/videos/${video_id}/cover`, cover);

/** @param language ISO 639-1 */
export const putCaptions = (video_id: string, language: string, vtt: string) =>
  putBytes(`/api/videos/${video_id}/captions/${language}`, new Blob([vtt], { type: 'text/vtt' }));

export async function deleteCaptions(video_id: string, language: string): Promise<void> {
  const answer = await fetch(`/api/videos/${video_id}/captions/${language}`, { method: 'DELETE' });
  if (!answer.ok) throw await answer.json();
}

async function putBytes(url: string, body: Blob): Promise<void> {
  const answer = await fetch(url, { method: 'PUT', headers: { 'content-type': body.type }, body });
  if (!answer.ok) throw await answer.json();
}

export interface GuideSource {
  title: string;
  playlist_url: string;
  sound_id: string | null;
}

/** What one asks to film with, by its sound or by the video of a duet. */
export async function findGuide(sound_id: string | null, duet_of: string | null): Promise<GuideSource> {
  if (duet_of) {
    const { data, error } = await api.GET('/api/videos/{video_id}', { params: { path: { video_id: duet_of } } });
    if (!data) throw error;
    if (!data.may_duet) throw { code: 'duet_not_allowed' };
    return { title: `@${data.person.handle}`, playlist_url: data.playlist_url, sound_id: null };
  }
  const params = { path: { sound_id: sound_id ?? '' } };
  const { data, error } = await api.GET('/api/sounds/{sound_id}', { params });
  if (!data?.playlist_url) throw error ?? { code: 'sound_withdrawn' };
  return { title: data.title, playlist_url: data.playlist_url, sound_id };
}
