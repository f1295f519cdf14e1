/**
 * PURE: what a room shows at media time — pins, polls, the pinned message, captions. Of each kind the last minute is
 * kept, and the one before: it is what a picture a minute behind still shows.
 */
import type { Pin, RoomEvent } from '@souk/sdk/live';

const KIND: Partial<Record<RoomEvent['type'], string>> = {
  pin: 'pin',
  unpin: 'pin',
  poll: 'poll',
  'poll.closed': 'poll',
  'poll.counted': 'count',
  note: 'note',
  caption: 'caption',
  cohost: 'cohost',
};

const timeOf = (event: RoomEvent): string => ('media_at' in event && event.media_at) || event.at;

export class Cues {
  readonly #kept = new Map<string, RoomEvent[]>();

  /** @returns whether it is one of them */
  keep(event: RoomEvent): boolean {
    const kind = KIND[event.type];
    if (kind === undefined) return false;
    // Of counts only the newest says anything.
    this.#kept.set(kind, kind === 'count' ? [event] : [...(this.#kept.get(kind) ?? []), event]);
    return true;
  }

  forget(since: string): void {
    for (const [kind, events] of this.#kept) {
      const last = events.findLastIndex((event) => timeOf(event) < since);
      if (last > 0) this.#kept.set(kind, events.slice(last));
    }
  }

  get all(): RoomEvent[] {
    return [...this.#kept.values()].flat();
  }

  /** Things pinned now or within the last minute. */
  pinned(type: string, id: string): boolean {
    const pins = (this.#kept.get('pin') ?? []).filter((event): event is Pin => event.type === 'pin');
    return pins.some(({ thing }) => thing.type === type && thing.id === id);
  }
}
