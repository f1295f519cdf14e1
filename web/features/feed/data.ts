import type { paths } from '@souk/sdk/openapi';
import { useQuery } from '@tanstack/react-query';

export type RoomCard = paths['/api/rooms']['get']['responses']['200']['content']['application/json']['items'][number];
export type PersonCard = RoomCard['host'];

interface Page<Item> {
  items: Item[];
  next: string | null;
}

async function get<Answer>(path: string): Promise<Answer> {
  const response = await fetch(path);
  const body = await response.json();
  if (!response.ok) throw body;
  return body as Answer;
}

const LIVE_REFRESH_MS = 10_000;

export function useRooms(state: 'live' | 'ended', limit: number) {
  return useQuery({
    queryKey: ['rooms', state, limit],
    queryFn: () => get<Page<RoomCard>>(`/api/rooms?state=${state}&limit=${limit}`),
    refetchInterval: state === 'live' ? LIVE_REFRESH_MS : false,
  });
}

export function usePeople(limit: number) {
  return useQuery({ queryKey: ['people', limit], queryFn: () => get<Page<PersonCard>>(`/api/people?limit=${limit}`) });
}

interface RoomNow {
  stream: { live_url: string };
  pinned: { type: string; id: string } | null;
}

/** What goes on in a room: where its pictures come from, and what is pinned. */
export function useRoomNow(room_id: string | undefined): RoomNow | undefined {
  return useQuery({
    queryKey: ['rooms', room_id, 'now'],
    queryFn: () => get<RoomNow>(`/api/rooms/${room_id}`),
    enabled: room_id !== undefined,
    staleTime: 60_000,
  }).data;
}
