import type { paths } from '@souk/sdk/openapi';
import { useInfiniteQuery } from '@tanstack/react-query';
import { $api, api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { viewingNow } from './viewing.ts';
import { keepVisit, visitToken } from './visit.ts';

type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

export type RoomCard = Answer<'/api/rooms'>['items'][number];
export type PersonCard = RoomCard['host'];
export type VideoView = Answer<'/api/videos/{video_id}'>;
export type FeedPage = Answer<'/api/feed/for-you'>;
export type FeedItem = FeedPage['items'][number];
export type Links = Answer<'/api/videos/{video_id}/products'>['links'];
export type VideoItem = Extract<FeedItem, { kind: 'video' }>;
export type Reason = VideoItem['why'][number];

export type FeedName = 'for_you' | 'following';

const PAGE = 10;
const EMPTY_MS = 5_000;

async function fetchPage(
  name: FeedName,
  after: string | undefined,
): Promise<Pick<FeedPage, 'items' | 'next'> & { exhausted?: boolean }> {
  const query = { limit: PAGE, ...(after && { after }) };
  if (name === 'following') {
    const { data, error } = await api.GET('/api/feed/following', { params: { query } });
    if (error) throw error;
    return data;
  }
  const visit = visitToken();
  const { dial } = viewingNow();
  const asked = { ...query, ...(visit && { visit }), ...(dial !== null && { dial: String(dial) }) };
  const { data, error } = await api.GET('/api/feed/for-you', {
    params: { query: asked },
  });
  if (error) {
    // A page that was left open for a day: asking again begins another visit.
    keepVisit(undefined);
    throw error;
  }
  keepVisit(data.visit);
  return data;
}

/** A feed as far as it was loaded; it stays as it is while one is elsewhere in the app, and is not asked for anew. */
export function useFeed(name: FeedName) {
  const { me } = useSignedIn();
  return useInfiniteQuery({
    // For You begins before it is known who looks: the server knows by the cookie, and the first picture comes sooner.
    queryKey: ['feed', name, ...(name === 'following' ? [me?.person_id] : [])],
    queryFn: ({ pageParam }) => fetchPage(name, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: name === 'for_you' || me !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30 * 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    // Who looks at an empty feed waits for the first thing to come.
    refetchInterval: ({ state }) => (state.data?.pages.every(({ items }) => items.length === 0) ? EMPTY_MS : false),
  });
}

/** One key for an item: a video may come again as a replay. */
export const keyOf = (item: FeedItem): string =>
  item.kind === 'video'
    ? `${item.served_id}${item.video.video_id}`
    : item.kind === 'live'
      ? `${item.served_id}${item.room.room_id}`
      : `${item.served_id}${item.schedule.schedule_id}`;

/** What goes on in a room: where its pictures come from, and what is pinned. */
export function useRoomNow(room_id: string | undefined) {
  const path = { room_id: room_id ?? '' };
  return $api.useQuery(
    'get',
    '/api/rooms/{room_id}',
    { params: { path } },
    { enabled: room_id !== undefined, staleTime: 60_000 },
  ).data;
}
