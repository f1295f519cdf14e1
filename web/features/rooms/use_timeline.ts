import type { RoomEvent } from '@souk/sdk/live';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { api } from '../../api.ts';
import type { TimelineItem } from './data.ts';
import { type LogLine, withLine } from './room_view.ts';

/** Loaded this far ahead of the picture. */
const AHEAD_MS = 60_000;
const LINES_SHOWN = 60;

async function loadPage(room_id: string, after: string | null) {
  const query = { limit: 100, ...(after !== null && { after }) };
  const { data, error } = await api.GET('/api/rooms/{room_id}/timeline', { params: { path: { room_id }, query } });
  if (!data) throw error;
  return data;
}

/** What a recording shows at a moment of its picture; pages of the timeline are loaded as the picture gets there. */
export function useTimeline(room_id: string, at: Date | null): { lines: LogLine[]; pins: RoomEvent[] } {
  const pages = useInfiniteQuery({
    queryKey: ['timeline', room_id],
    queryFn: ({ pageParam }) => loadPage(room_id, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const items = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const loaded = Date.parse(items.at(-1)?.media_at ?? '') || 0;
  const { hasNextPage, isFetching, fetchNextPage } = pages;
  const due = hasNextPage && !isFetching && at !== null && loaded < at.getTime() + AHEAD_MS;
  useEffect(() => {
    if (due) void fetchNextPage();
  }, [due, fetchNextPage]);

  const shown = at === null ? 0 : countUntil(items, at.getTime());
  const lines = useMemo(() => linesOf(items.slice(0, shown)), [items, shown]);
  const pins = useMemo(() => items.map(({ event }) => event as RoomEvent), [items]);
  return { lines, pins };
}

/** How many of them have happened. */
function countUntil(items: TimelineItem[], ms: number): number {
  const next = items.findIndex(({ media_at }) => Date.parse(media_at) > ms);
  return next < 0 ? items.length : next;
}

function linesOf(items: TimelineItem[]): LogLine[] {
  let lines: LogLine[] = [];
  for (const { event } of items.slice(-4 * LINES_SHOWN)) {
    if (event.type === 'chat' || event.type === 'gift') lines = withLine(lines, event as LogLine);
  }
  return lines.slice(-LINES_SHOWN);
}
