import type { RoomEvent } from '@souk/sdk/live';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { api } from '../../api.ts';
import type { TimelineItem } from './data.ts';
import { type LogLine, withLine } from './room_view.ts';

/** Loaded this far ahead of the picture. */
const AHEAD_MS = 60_000;
const LINES_SHOWN = 60;
/** Who seeks further than this does not read through all that lies between. */
const LEAP_MS = 180_000;
/** So much before the moment is loaded too: the chat is not empty there. */
const BEFORE_MS = 90_000;

async function loadPage(room_id: string, from: string | null, after: string | null) {
  const query = { limit: 100, ...(from !== null && { from }), ...(after !== null && { after }) };
  const { data, error } = await api.GET('/api/rooms/{room_id}/timeline', { params: { path: { room_id }, query } });
  if (!data) throw error;
  return data;
}

/** What a recording shows at a moment of its picture; pages of the timeline are loaded as the picture gets there. */
export function useTimeline(room_id: string, at: Date | null): { lines: LogLine[]; pins: RoomEvent[] } {
  const [from, setFrom] = useState<string | null>(null);
  const pages = useInfiniteQuery({
    queryKey: ['timeline', room_id, from],
    queryFn: ({ pageParam }) => loadPage(room_id, from, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const items = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const loaded = Date.parse(items.at(-1)?.media_at ?? '') || 0;
  const { hasNextPage, isFetching, fetchNextPage } = pages;
  const now = at?.getTime() ?? null;
  const ahead = now !== null && hasNextPage && loaded > 0 && now - loaded > LEAP_MS;
  const behind = now !== null && from !== null && now < Date.parse(from);
  useEffect(() => {
    if (now !== null && (ahead || behind)) setFrom(new Date(now - BEFORE_MS).toISOString());
  }, [now, ahead, behind]);
  const due = !ahead && hasNextPage && !isFetching && at !== null && loaded < at.getTime() + AHEAD_MS;
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
