import type { paths } from '@souk/sdk/openapi';
import type { RoomRequest } from '@souk/sdk/room';
import { $api, api } from '../../api.ts';

export type CatalogGift =
  paths['/api/gifts/catalog']['get']['responses'][200]['content']['application/json']['items'][number];
export type Receipt = paths['/api/gifts/{gift_id}']['get']['responses'][200]['content']['application/json'];
/** What the server acknowledges a gift with. */
export type SentGift = paths['/api/gifts']['post']['responses'][201]['content']['application/json'];

export const useCatalog = (enabled = true) =>
  $api.useQuery('get', '/api/gifts/catalog', {}, { enabled, staleTime: 60_000 });

/** Where a gift goes: the host of a live room, or a person. */
export interface Receiver {
  person_id: string;
  name: string;
  room_id?: string;
  /** The room's own connection, where there is one: gifts take the way of its chat. */
  request?: (message: RoomRequest) => Promise<unknown>;
}

export interface Flush {
  gift: string;
  count: number;
  combo_id: string;
  /** The same for every try of the same flush: it happens once. */
  key: string;
  /** The sender said yes to going past half of their limit. */
  confirmed?: boolean;
}

/** Sends a flush. @throws a problem document */
export async function sendFlush(to: Receiver, { gift, count, combo_id, key, confirmed }: Flush): Promise<SentGift> {
  const said = confirmed ? { confirmed } : {};
  if (to.request) {
    try {
      return (await to.request({ type: 'gift.send', gift, count, combo_id, key, ...said })) as SentGift;
    } catch (refusal) {
      throw (refusal as { problem?: unknown }).problem ?? refusal;
    }
  }
  const where = to.room_id ? { room_id: to.room_id } : { receiver_id: to.person_id };
  const { data, error } = await api.POST('/api/gifts', {
    body: { gift, count, combo_id, ...where, ...said },
    headers: { 'Idempotency-Key': key },
  });
  if (error) throw error;
  return data;
}

/** Takes back gifts of one's own, within ten seconds. @throws a problem document */
export async function undoGifts(gift_ids: string[]) {
  const { data, error } = await api.POST('/api/gifts/undo', { body: { gift_ids } });
  if (error) throw error;
  return data;
}

export type Goal =
  paths['/api/gifts/goals/{person_id}']['get']['responses'][200]['content']['application/json']['items'][number];
export type GiftSettings = paths['/api/gifts/settings']['get']['responses'][200]['content']['application/json'];
export type OverlayFeed = paths['/api/gifts/overlay/feed']['get']['responses'][200]['content']['application/json'];

export const useGoals = (person_id: string) =>
  $api.useQuery('get', '/api/gifts/goals/{person_id}', { params: { path: { person_id } } });
