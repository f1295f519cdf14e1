/**
 * Pure: what speaks for showing a video to somebody, each as a number. The formulas stand in docs/concepts/feed.md, and
 * the tests compute them by hand. All are in 0…1, those of taste in −1…1.
 */
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

type Judge = (candidate: Candidate, viewer: Viewer, now: Date) => number;

/** Nearer to one the more there is of it, half at `half`; below zero alike. */
export const saturate = (amount: number, half: number): number => amount / (Math.abs(amount) + half);

const yes = (is: boolean): number => (is ? 1 : 0);

const PRIME = 0x0100_0193;
const fold = (hash: number, text: string): number => {
  let folded = hash;
  for (let at = 0; at < text.length; at += 1) folded = Math.imul(folded ^ text.charCodeAt(at), PRIME);
  return folded;
};

/** Deterministic: the same viewer sees the same chance for a video on the same day. FNV-1a, well mixed. */
export function chanceOf(viewer_id: string, video_id: string, now: Date): number {
  const day = Math.floor(now.getTime() / (24 * HOUR_MS));
  let hash = fold(fold(fold(0x811c_9dc5, viewer_id), video_id), String(day));
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** The tag of a video that says most, for or against. */
function tellingTag({ tags }: Candidate, { taste }: Viewer): string | undefined {
  let [found, most]: [string | undefined, number] = [undefined, 0];
  for (const tag of tags) {
    const amount = Math.abs(taste.tags.get(tag) ?? 0);
    if (amount > most) [found, most] = [tag, amount];
  }
  return found;
}

export const FEATURES = {
  /** They follow its creator. */
  followed: ({ person_id }, { follows }) => yes(follows.has(person_id)),

  /** They stay with this creator's videos. */
  creator: ({ person_id }, { taste }) => saturate(taste.creators.get(person_id) ?? 0, 3),

  /** They stay with, or skip, videos of one of its tags: the one that says most. */
  tag(candidate, viewer) {
    const tag = tellingTag(candidate, viewer);
    return tag === undefined ? 0 : saturate(viewer.taste.tags.get(tag) ?? 0, 3);
  },

  /** They stay with, or skip, videos with its sound. */
  sound: ({ sound_id }, { taste }) => (sound_id === null ? 0 : saturate(taste.sounds.get(sound_id) ?? 0, 2)),

  /** People held it who held what they held: one minus the product of what is unlike. */
  co_watched({ video_id }, { neighbours }) {
    let unlike = 1;
    for (const { likeness } of neighbours.get(video_id) ?? []) unlike *= 1 - Math.min(1, likeness);
    return 1 - unlike;
  },

  /** Many stay with it now. */
  trending: ({ trend }) => saturate(trend, 20),

  /** The share of those who started it that stayed, as if twenty had before and a fifth of them stayed. */
  held: ({ held, starts }) => Math.min(1, (held + 0.2 * 20) / (starts + 20)),

  /** Likes per view, as if fifty had viewed and one liked it; ten of a hundred is the most there is. */
  liked: ({ likes, views }) => Math.min(1, (10 * (likes + 1)) / (views + 50)),

  /** Halves every 36 hours. */
  fresh: ({ published_at }, _viewer, now) =>
    2 ** (-Math.max(0, now.getTime() - published_at.getTime()) / (36 * HOUR_MS)),

  /** A new creator's video looks for its first thirty people. */
  first_audience: ({ is_new, starts }) => (is_new ? 1 / (1 + starts / 30) : 0),

  /** It is in a language they read. */
  language: ({ language }, { languages }) => yes(languages.includes(language)),

  /** They said they want less of its creator, a tag of it or its sound. Weighs against. */
  less({ person_id, tags, sound_id }, { less }) {
    const sound = sound_id !== null && less.sounds.has(sound_id);
    return yes(less.creators.has(person_id) || sound || tags.some((tag) => less.tags.has(tag)));
  },

  /** A little of chance, another one each day, so that equals take turns. */
  chance: ({ video_id }, { viewer_id }, now) => chanceOf(viewer_id, video_id, now),
} as const satisfies Record<string, Judge>;

export type Feature = keyof typeof FEATURES;

/** What a feature is about, where that is more than the video itself: a tag, a sound, the video that led to it. */
export const ABOUT: Partial<Record<Feature, (candidate: Candidate, viewer: Viewer) => string | undefined>> = {
  tag: tellingTag,
  sound: ({ sound_id }) => sound_id ?? undefined,
  language: ({ language }) => language,
  co_watched({ video_id }, { neighbours }) {
    let best: Neighbour | undefined;
    for (const one of neighbours.get(video_id) ?? []) if (!best || one.likeness > best.likeness) best = one;
    return best?.via;
  },
};
