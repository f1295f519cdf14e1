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

/** How long a caption stays on the picture, and the result of a poll or an answered question beside it. */
const CAPTION_MS = 7_000;
const RESULT_MS = 30_000;

/** What is shown beside chat and pins for a viewer whose picture shows `media_at`. */
export interface Shown {
  poll: Extract<RoomEvent, { type: 'poll' | 'poll.closed' }> | null;
  note: string | null;
  caption: Extract<RoomEvent, { type: 'caption' }> | null;
  /** The question that is being answered. */
  question: Extract<RoomEvent, { type: 'question' }> | null;
  /** Who is in the picture beside the host. */
  cohost: Extract<RoomEvent, { type: 'cohost' }> | null;
}

/**
 * Polls, the pinned message, captions and answered questions at a moment of the picture: of each the last one up to it,
 * as long as it lasts.
 * @param events of the room, in any order
 * @param timeOf when an event shows, where that is not its own `media_at`: a caption that came late shows at once
 */
export function shownAt(events: readonly RoomEvent[], media_at: Date, timeOf = ownTime): Shown {
  const now = media_at.getTime();
  const last = <T extends RoomEvent['type']>(types: readonly T[], lasts_ms = Number.POSITIVE_INFINITY) => {
    let found: Extract<RoomEvent, { type: T }> | null = null;
    let found_at = Number.NEGATIVE_INFINITY;
    for (const event of events) {
      if (!types.includes(event.type as T)) continue;
      const at = timeOf(event);
      if (at > now || at < found_at || now - at > lasts_ms) continue;
      [found, found_at] = [event as Extract<RoomEvent, { type: T }>, at];
    }
    return found as Extract<RoomEvent, { type: T }> | null;
  };
  const poll = last(['poll', 'poll.closed'] as const);
  const cohost = last(['cohost'] as const);
  const over = poll?.type === 'poll.closed' && now - timeOf(poll) > RESULT_MS;
  return {
    poll: over ? null : poll,
    note: last(['note'] as const)?.text ?? null,
    caption: last(['caption'] as const, CAPTION_MS),
    question: last(['question'] as const, RESULT_MS),
    cohost: cohost?.here ? cohost : null,
  };
}

const ownTime = (event: RoomEvent): number => Date.parse('media_at' in event ? event.media_at : event.at);
