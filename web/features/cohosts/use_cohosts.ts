import type { paths } from '@souk/sdk/openapi';
import { useEffect, useRef } from 'react';
import { $api, api } from '../../api.ts';
import type { Room } from '../rooms/use_room.ts';

type Answer = paths['/api/rooms/{room_id}/cohosts']['get']['responses'][200]['content']['application/json'];
export type CohostItem = Answer['items'][number];
/** The part of a room that two people in one picture speak by. */
export type Line = Pick<Room, 'listen' | 'request'>;

/** A wish ends by itself, which nobody tells. */
const LOOK_MS = 15_000;

/** Who is or wants to be in the picture, as far as it concerns the reader. */
export function useCohosts(room_id: string, { listen }: Pick<Line, 'listen'>, enabled: boolean) {
  const { data, refetch } = $api.useQuery(
    'get',
    '/api/rooms/{room_id}/cohosts',
    { params: { path: { room_id } } },
    { enabled, staleTime: 0, refetchInterval: (query) => (query.state.data?.items.length ? LOOK_MS : false) },
  );
  useEffect(() => {
    if (!enabled) return;
    return listen((told) => {
      if (told.type === 'cohosts.changed') void refetch();
    });
  }, [enabled, listen, refetch]);
  return { items: enabled ? (data?.items ?? []) : [], ice_servers: data?.ice_servers ?? [], ...relayOf(data), refetch };
}

/** The last camera there was: turning one round takes a moment in which there is none. */
export function useLastCamera(stream: MediaStream | null, wanted: boolean): MediaStream | null {
  const last = useRef<MediaStream | null>(null);
  if (!wanted) last.current = null;
  else if (stream) last.current = stream;
  return last.current;
}

const relayOf = (data: Answer | undefined) => ({ has_relay: data?.has_relay ?? true });

export const sayYes = (room_id: string, person_id: string) =>
  api.PUT('/api/rooms/{room_id}/cohosts/{person_id}', { params: { path: { room_id, person_id } } });

export const sayNo = (room_id: string, person_id: string, lost = false) =>
  api.DELETE('/api/rooms/{room_id}/cohosts/{person_id}', {
    params: { path: { room_id, person_id }, ...(lost && { query: { lost: 'true' } }) },
  });
