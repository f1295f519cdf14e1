/** Pure: what somebody likes, read from what they held and skipped. */
import type { Taste } from './features.ts';

const DAY_MS = 86_400_000;
const HALF_LIFE_DAYS = 14;

/** One watch, with what the video was about. */
export interface Seen {
  video_id: string;
  person_id: string;
  sound_id: string | null;
  tags: string[];
  is_complete: boolean;
  is_held: boolean;
  is_skipped: boolean;
  began_at: Date;
}

/** To the end says more than staying, a skip half as much as staying, against. */
const sayOf = (seen: Seen): number => {
  if (seen.is_held) return seen.is_complete ? 1.5 : 1;
  return seen.is_skipped ? -0.5 : 0;
};

/** Adds up what each watch says of its tags, its sound and its creator; it counts half after two weeks. */
export function tasteOf(watches: Seen[], now: Date): Taste {
  const taste: Taste = { tags: new Map(), sounds: new Map(), creators: new Map() };
  const add = (of: Map<string, number>, key: string, amount: number) => of.set(key, (of.get(key) ?? 0) + amount);
  for (const seen of watches) {
    const age_days = Math.max(0, now.getTime() - seen.began_at.getTime()) / DAY_MS;
    const says = sayOf(seen) * 2 ** (-age_days / HALF_LIFE_DAYS);
    if (says === 0) continue;
    for (const tag of seen.tags) add(taste.tags, tag, says);
    if (seen.sound_id !== null) add(taste.sounds, seen.sound_id, says);
    add(taste.creators, seen.person_id, says);
  }
  return taste;
}
