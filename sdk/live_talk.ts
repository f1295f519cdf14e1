/** The part of the live-room protocol for what is said beside the chat: polls, questions, notes, captions. */
import type { Happened, PersonCard, Version } from './live.ts';

export type TalkEvent = Poll | PollCounted | PollClosed | Note | Caption | Question | QuestionVoted | CohostChanged;

/** A caption of a host or a helper, 1–200 characters; `media_at` as the sender's picture says, kept to ±10 s. */
export interface SendCaption {
  v: Version;
  type: 'caption.send';
  key: string;
  text: string;
  language: 'de' | 'en';
  media_at?: string;
}

/** The host asks; shown at media time. Votes count until `closes_at` by the server's time. One a room at a time. */
export interface Poll extends Happened {
  type: 'poll';
  poll_id: string;
  question: string;
  /** Two to four. */
  options: string[];
  closes_at: string;
  media_at: string;
}

/** How many chose each option so far: the latest value, at most once a second. */
export interface PollCounted extends Happened {
  type: 'poll.counted';
  poll_id: string;
  votes: number[];
}

export interface PollClosed extends Happened {
  type: 'poll.closed';
  poll_id: string;
  question: string;
  options: string[];
  votes: number[];
  media_at: string;
}

/** The pinned message, in place of the one before; null takes it away. Shown at media time. */
export interface Note extends Happened {
  type: 'note';
  text: string | null;
  media_at: string;
}

/** What is being said, in words: from the host's browser or typed by a helper. Shown at media time, for a few seconds. */
export interface Caption extends Happened {
  type: 'caption';
  text: string;
  /** `de`, `en`: for whoever reads it aloud. */
  language: string;
  media_at: string;
}

/** A viewer's question as it stands now: put it in place of what is known of `question_id`. */
export interface Question extends Happened {
  type: 'question';
  question_id: string;
  by: PersonCard;
  text: string;
  votes: number;
  state: 'open' | 'answered' | 'removed';
  /** Where the host answers, in the picture's time. */
  media_at: string;
}

/** Votes of questions since the last such message: latest values, at most once a second. */
export interface QuestionVoted extends Happened {
  type: 'question.voted';
  votes: Record<string, number>;
}

/** From here on this person is in the picture beside the host, or no longer. Shown at media time. */
export interface CohostChanged extends Happened {
  type: 'cohost';
  by: PersonCard;
  here: boolean;
  media_at: string;
}
