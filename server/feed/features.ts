/**
 * Pure: what speaks for showing a video to somebody, each as a number. The formulas stand in docs/concepts/feed.md, and
 * the tests compute them by hand. All are in 0…1, those of taste in −1…1.
 */
import { hash } from 'node:crypto';

const HOUR_MS = 3_600_000;

/** A video as far as ranking needs it. */
export interface Candidate {
  video_id: string;
  person_id: string;
  published_at: Date;
  language: string;
  sound_id: string | null;
  tags: string[];
  starts: number;
  held: number;
  views: number;
  likes: number;
  /** People who stayed lately, each hour counting half as much as one twelve hours later. */
  trend: number;
  /** Whose creator has not found an audience yet. */
  is_new: boolean;
}

/** How much somebody likes tags, sounds and creators, by what they held and skipped. */
export interface Taste {
  tags: Map<string, number>;
  sounds: Map<string, number>;
  creators: Map<string, number>;
}

/** A video that was held by the same people as one that the viewer held. */
export interface Neighbour {
  via: string;
  likeness: number;
}

/** Who looks, as far as ranking needs it. */
export interface Viewer {
  viewer_id: string;
  follows: Set<string>;
  languages: string[];
  taste: Taste;
  /** By the video they lead to. */
  neighbours: Map<string, Neighbour[]>;
  less: { creators: Set<string>; tags: Set<string>; sounds: Set<string> };
}

/** What a feature says of a candidate, and what it is about. */
export interface Said {
  value: number;
  about?: string;
}

type Judge = (candidate: Candidate, viewer: Viewer, now: Date) => Said;

/** Nearer to one the more there is of it, half at `half`; below zero alike. */
export const saturate = (amount: number, half: number): number => amount / (Math.abs(amount) + half);

const yes = (is: boolean): number => (is ? 1 : 0);

/** Deterministic: the same viewer sees the same chance for a video on the same day. */
export function chanceOf(viewer_id: string, video_id: string, now: Date): number {
  const day = Math.floor(now.getTime() / (24 * HOUR_MS));
  return Number.parseInt(hash('sha1', `${viewer_id}${video_id}${day}`).slice(0, 8), 16) / 0x1_0000_0000;
}

export const FEATURES = {
  /** They follow its creator. */
  followed: ({ person_id }, { follows }) => ({ value: yes(follows.has(person_id)) }),

  /** They stay with this creator's videos. */
  creator: ({ person_id }, { taste }) => ({ value: saturate(taste.creators.get(person_id) ?? 0, 3) }),

  /** They stay with, or skip, videos of one of its tags: the one that says most. */
  tag({ tags }, { taste }) {
    let said: Said = { value: 0 };
    for (const tag of tags) {
      const value = saturate(taste.tags.get(tag) ?? 0, 3);
      if (Math.abs(value) > Math.abs(said.value)) said = { value, about: tag };
    }
    return said;
  },

  /** They stay with, or skip, videos with its sound. */
  sound: ({ sound_id }, { taste }) =>
    sound_id === null ? { value: 0 } : { value: saturate(taste.sounds.get(sound_id) ?? 0, 2), about: sound_id },

  /** People held it who held what they held: one minus the product of what is unlike. */
  co_watched({ video_id }, { neighbours }) {
    let unlike = 1;
    let best: Neighbour | null = null;
    for (const one of neighbours.get(video_id) ?? []) {
      unlike *= 1 - Math.min(1, one.likeness);
      if (!best || one.likeness > best.likeness) best = one;
    }
    return { value: 1 - unlike, ...(best && { about: best.via }) };
  },

  /** Many stay with it now. */
  trending: ({ trend }) => ({ value: saturate(trend, 20) }),

  /** The share of those who started it that stayed, as if twenty had before and 40 % of them stayed. */
  held: ({ held, starts }) => ({ value: Math.min(1, (held + 0.4 * 20) / (starts + 20)) }),

  /** Likes per view, as if fifty had viewed and one liked it; ten of a hundred is the most there is. */
  liked: ({ likes, views }) => ({ value: Math.min(1, (10 * (likes + 1)) / (views + 50)) }),

  /** Halves every 36 hours. */
  fresh: ({ published_at }, _viewer, now) => ({
    value: 2 ** (-Math.max(0, now.getTime() - published_at.getTime()) / (36 * HOUR_MS)),
  }),

  /** A new creator's video looks for its first thirty people. */
  first_audience: ({ is_new, starts }) => ({ value: is_new ? 1 / (1 + starts / 30) : 0 }),

  /** It is in a language they read. */
  language: ({ language }, { languages }) => ({ value: yes(languages.includes(language)), about: language }),

  /** They said they want less of its creator, a tag of it or its sound. Weighs against. */
  less({ person_id, tags, sound_id }, { less }) {
    const sound = sound_id !== null && less.sounds.has(sound_id);
    return { value: yes(less.creators.has(person_id) || sound || tags.some((tag) => less.tags.has(tag))) };
  },

  /** A little of chance, another one each day, so that equals take turns. */
  chance: ({ video_id }, { viewer_id }, now) => ({ value: chanceOf(viewer_id, video_id, now) }),
} as const satisfies Record<string, Judge>;

export type Feature = keyof typeof FEATURES;
