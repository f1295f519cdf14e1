/** Pure: what of a reported playback is believed, and what it adds to the counts. */

export const KINDS = ['start', 'seconds', 'complete', 'loop', 'skip'] as const;

/** One report of a player: so much played since its report before, and what happened then. */
export interface WatchEvent {
  video_id: string;
  /** Rises within a session: the same event sent again is recognised by it. */
  seq: number;
  kind: (typeof KINDS)[number];
  played_ms: number;
}

/** What one session saw of one video. */
export interface Watch {
  session_id: string;
  video_id: string;
  person_id: string | null;
  /** Whose numbers `last_seq` is of: a person's day has several visits. */
  visit_id: string | null;
  last_seq: number;
  watched_ms: number;
  loops: number;
  is_complete: boolean;
  is_skipped: boolean;
  counted_at: Date | null;
  held_at: Date | null;
  began_at: Date;
  last_at: Date;
}

export interface PlaybackSession {
  session_id: string;
  began_at: Date;
  watched_ms: number;
}

/** What a batch adds to the hour of a video. */
export interface Added {
  starts: number;
  views: number;
  held: number;
  completions: number;
  skips: number;
  watched_ms: number;
}

export const nothingAdded = (): Added => ({ starts: 0, views: 0, held: 0, completions: 0, skips: 0, watched_ms: 0 });

/** A view is two seconds of it, or all of it. */
export const VIEW_MS = 2_000;
const HELD_MS = 30_000;
const HELD_SHARE = 0.6;
/** Held: six tenths of it or half a minute. A person stayed, so it tells something about what they like. */
export const heldAfter = (duration_ms: number): number => Math.min(HELD_MS, HELD_SHARE * duration_ms);
/** Players miss the last frames. */
const WHOLE_SHARE = 0.9;
/** Clocks and networks are not exact. */
const GRACE_MS = 2_000;

export const freshWatch = (who: Pick<Watch, 'session_id' | 'video_id' | 'person_id'>, now: Date): Watch => ({
  ...who,
  visit_id: null,
  last_seq: -1,
  watched_ms: 0,
  loops: 0,
  is_complete: false,
  is_skipped: false,
  counted_at: null,
  held_at: null,
  began_at: now,
  last_at: now,
});

export interface Against {
  session: PlaybackSession;
  watch: Watch;
  visit_id: string;
  duration_ms: number;
  now: Date;
  /** Whether it may become a view: not the creator's own, nor one too many from one network. */
  countable: () => boolean;
}

/**
 * Takes one event into a watch and its session, which move on. Never more time than has passed since the session began,
 * never more of a video than its length for each time round; what is claimed beyond that is cut off.
 * @returns false when it was there before
 */
export function takeEvent(event: WatchEvent, against: Against, added: Added): boolean {
  const { session, watch, visit_id, duration_ms, now } = against;
  if (visit_id === watch.visit_id && event.seq <= watch.last_seq) return false;
  if (watch.last_seq < 0) added.starts += 1;
  watch.visit_id = visit_id;
  watch.last_seq = event.seq;
  watch.last_at = now;
  const played_ms = believed(event.played_ms, against, event.kind === 'loop');
  watch.watched_ms += played_ms;
  session.watched_ms += played_ms;
  added.watched_ms += played_ms;
  if (event.kind === 'loop' && watch.watched_ms >= (watch.loops + 1) * duration_ms * WHOLE_SHARE) watch.loops += 1;
  settle(event.kind, against, added);
  return true;
}

function believed(claimed_ms: number, { session, watch, duration_ms, now }: Against, round: boolean): number {
  const passed_ms = now.getTime() - session.began_at.getTime() + GRACE_MS - session.watched_ms;
  const rounds = watch.loops + 1 + (round ? 1 : 0);
  return Math.max(0, Math.min(claimed_ms, passed_ms, duration_ms * rounds - watch.watched_ms));
}

/** What the watch has become by it: each state is reached once and counted once. */
function settle(kind: WatchEvent['kind'], { watch, duration_ms, now, countable }: Against, added: Added): void {
  const whole = watch.watched_ms >= duration_ms * WHOLE_SHARE;
  if (!watch.is_complete && whole && (kind === 'complete' || kind === 'loop')) {
    watch.is_complete = true;
    added.completions += 1;
  }
  if (!watch.counted_at && (watch.watched_ms >= VIEW_MS || watch.is_complete) && countable()) {
    watch.counted_at = now;
    added.views += 1;
  }
  if (!watch.held_at && watch.watched_ms >= heldAfter(duration_ms)) {
    watch.held_at = now;
    added.held += 1;
    watch.is_skipped = false;
  }
  if (kind === 'skip' && !watch.held_at && !watch.is_skipped) {
    watch.is_skipped = true;
    added.skips += 1;
  }
}
