/** The part of the live-room protocol that a viewer says. Types only; the rest is in live.ts. */
import type { Version } from './live.ts';
import type { SendSignal } from './live_cohost.ts';
import type { SendCaption } from './live_talk.ts';

export type ClientMessage = Hello | SendLine | Like | SendGift | SendCaption | SendSignal;

/** First message on every connection. `epoch` and `seq` are the last ones seen; without them a snapshot follows. */
export interface Hello {
  v: Version;
  type: 'hello';
  epoch?: string;
  seq?: number;
}

/** A chat line, 1–200 characters. Sending the same key again is safe: it is the same line. */
export interface SendLine {
  v: Version;
  type: 'chat.send';
  key: string;
  text: string;
}

/** `count` taps since the last such message, 1–50. Not acknowledged: it shows in the counters. */
export interface Like {
  v: Version;
  type: 'like';
  count: number;
}

/** `count` pieces of the gift with this catalog code. One flush of a combo is one message with its own key. */
export interface SendGift {
  v: Version;
  type: 'gift.send';
  key: string;
  gift: string;
  count: number;
  /** Joins the flushes of one run of taps for display only: a v4 or v7 UUID that the viewer's page made. */
  combo_id?: string;
  /** Send it although it goes past half of the sender's spending limit; without it that is refused (`spending_half`). */
  confirmed?: boolean;
}
