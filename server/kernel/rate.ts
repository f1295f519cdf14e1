/** Token buckets in memory, for what does not come over HTTP (sockets) and for costs that a route counts itself. */
import type { Clock } from './clock.ts';

export interface Rate {
  /** How many in a window, and as a burst. */
  limit: number;
  window_ms: number;
}

export interface Limiter {
  /** Takes one token of `id`; false when none is left. */
  allow(bucket: string, id: string, rate: Rate): boolean;
}

const MAX_BUCKETS = 100_000;

export function createLimiter(clock: Clock): Limiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    allow(bucket, id, { limit, window_ms }) {
      const name = `${bucket}:${id}`;
      const now = clock.now().getTime();
      const known = buckets.get(name);
      const tokens = known ? Math.min(limit, known.tokens + ((now - known.at) * limit) / window_ms) : limit;
      // Re-inserting keeps the map in order of last use, so the oldest are dropped first.
      buckets.delete(name);
      buckets.set(name, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
      if (buckets.size > MAX_BUCKETS) buckets.delete(buckets.keys().next().value as string);
      return tokens >= 1;
    },
  };
}
