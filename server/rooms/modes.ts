/** PURE: whether a line of an ordinary viewer fits what the host has set for the chat. */
import type { ChatModes } from '@souk/sdk/live';
import { Refusal } from '../kernel/refusal.ts';
import { type BlockWord, holdsLink, saidWord } from '../kernel/words.ts';

export const NO_MODES: ChatModes = {
  slow_s: 0,
  followers_for_s: null,
  min_account_age_s: 0,
  subscribers_only: false,
  links_refused: false,
};

export interface Writer {
  account_from: Date;
  followed_at: Date | null;
  /** The line before this one in the room. */
  said_at: Date | null;
  subscribes: boolean;
}

const later = (from: Date, seconds: number): Date => new Date(from.getTime() + seconds * 1_000);

/**
 * Refuses with the mode that stands against the line and, where waiting helps, the time from which it will not.
 * What concerns the person comes before what concerns the text.
 */
export function refusalByModes(modes: ChatModes, writer: Writer, now: Date): Refusal | null {
  if (modes.subscribers_only && !writer.subscribes) return new Refusal('subscribers_only');
  if (modes.followers_for_s !== null) {
    if (!writer.followed_at) return new Refusal('followers_only', { extra: { for_s: modes.followers_for_s } });
    const until = later(writer.followed_at, modes.followers_for_s);
    if (until > now) return new Refusal('followers_only', said(until, { for_s: modes.followers_for_s }));
  }
  const grown = later(writer.account_from, modes.min_account_age_s);
  if (grown > now) return new Refusal('account_too_new', said(grown, { for_s: modes.min_account_age_s }));
  const next = writer.said_at && later(writer.said_at, modes.slow_s);
  return next && next > now ? new Refusal('slow_mode', said(next, { for_s: modes.slow_s })) : null;
}

const said = (until: Date, rest: object) => ({ extra: { until: until.toISOString(), ...rest } });

export function refusalOfText(text: string, modes: ChatModes, words: readonly BlockWord[]): Refusal | null {
  if (modes.links_refused && holdsLink(text)) return new Refusal('link_refused');
  // Which word it was is not told: it would only be written differently.
  return saidWord(text, words) === null ? null : new Refusal('word_refused');
}
