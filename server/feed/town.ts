/**
 * Sessions made up for `feed:evaluate`, with a structure that a ranking can find or miss. People have one to three of
 * twelve topics; creators have one, and leave it now and then; videos have a quality of their own. What is shown is
 * mostly chance and partly quality, never our ranking. How long somebody watches follows their taste for the topic, the
 * quality, and much noise. A tag names the topic of most videos; some carry a wrong one or none.
 */
import type { WatchRow } from './evaluate.ts';

export interface TownSize {
  people: number;
  creators: number;
  items: number;
  watches: number;
}

const TOPICS = 12;
const DAYS = 20;
const DAY_MS = 86_400_000;

/** mulberry32: the same sessions for the same seed, on every machine. */
export function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

export function makeTown(seed: number, size: TownSize): WatchRow[] {
  const chance = chances(seed);
  const any = (n: number) => Math.floor(chance() * n);
  const start = Date.UTC(2026, 9, 1);
  const creators = Array.from({ length: size.creators }, () => any(TOPICS));
  const items = Array.from({ length: size.items }, (_, n) => {
    // Some post much, many post little.
    const creator = Math.floor(chance() ** 2 * size.creators);
    const topic = chance() < 0.85 ? (creators[creator] as number) : any(TOPICS);
    const tag = chance() < 0.75 ? topic : any(TOPICS);
    const about = { topic, quality: chance(), duration: 6 + any(40), from_ms: start + chance() * (DAYS - 2) * DAY_MS };
    return { item: `v${n}`, creator: `c${creator}`, tags: chance() < 0.8 ? [`topic${tag}`] : [], ...about };
  });
  const rows: WatchRow[] = [];
  for (let person = 0; person < size.people; person += 1) {
    const likes = new Set(Array.from({ length: 1 + any(3) }, () => any(TOPICS)));
    const seen = new Set<number>();
    for (let n = 0; n < size.watches; n += 1) {
      const at_ms = start + ((n + chance()) / size.watches) * DAYS * DAY_MS;
      const shown = chance() < 0.7 ? any(size.items) : bestOf(3, items, any);
      const video = items[shown] as (typeof items)[number];
      if (seen.has(shown) || video.from_ms > at_ms) continue;
      seen.add(shown);
      const { topic, quality, from_ms: _, ...told } = video;
      const share = (likes.has(topic) ? 0.5 : 0.05) + 0.35 * quality + 0.5 * (chance() - 0.5);
      const seconds = Math.round(Math.max(0.02, Math.min(1.5, share)) * video.duration * 10) / 10;
      rows.push({ person: `p${person}`, at: new Date(at_ms), seconds, ...told });
    }
  }
  return rows;
}

function bestOf(count: number, items: { quality: number }[], any: (n: number) => number): number {
  const drawn = Array.from({ length: count }, () => any(items.length));
  return drawn.reduce((a, b) => ((items[a]?.quality ?? 0) >= (items[b]?.quality ?? 0) ? a : b));
}
