/** PURE: what a viewer makes of a room's events. */
import type { RoomEvent } from './live.ts';

/** The last `limit` ids: `add` says whether the id is new. */
export function rememberIds(limit: number): { add(id: string): boolean } {
  const ids = new Set<string>();
  return {
    add(id) {
      if (ids.has(id)) return false;
      ids.add(id);
      if (ids.size > limit) ids.delete(ids.values().next().value as string);
      return true;
    },
  };
}

/** The event without what was seen before; null when nothing is left. A joined gift is counted by its flushes. */
export function unseenPart(event: RoomEvent, seen: { add(id: string): boolean }): RoomEvent | null {
  if (event.type !== 'gift' || !event.parts) return seen.add(event.id) ? event : null;
  const parts = event.parts.filter((part) => seen.add(part.id));
  if (parts.length === 0) return null;
  return { ...event, parts, count: parts.reduce((sum, part) => sum + part.count, 0) };
}

/**
 * What is pinned for a viewer whose picture shows `media_at`: the last pin or unpin up to it.
 * @param events pins and unpins of the room in any order
 */
export function pinAt(events: readonly RoomEvent[], media_at: Date) {
  let latest: Extract<RoomEvent, { type: 'pin' | 'unpin' }> | null = null;
  for (const event of events) {
    if (event.type !== 'pin' && event.type !== 'unpin') continue;
    if (Date.parse(event.media_at) > media_at.getTime()) continue;
    if (!latest || event.media_at >= latest.media_at) latest = event;
  }
  return latest?.type === 'pin' ? latest : null;
}
