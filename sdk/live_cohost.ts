/** The part of the live-room protocol for two people in one picture. Types only; the rest is in live.ts. */
import type { Version } from './live.ts';

/** Two browsers agree on a connection (WebRTC); the house hands on what they say, unread, to each other alone. */
export interface Signal {
  /** `ready`: the guest's page is there; `offer` and `ice` of the host, `answer` and `ice` of the guest. */
  kind: 'ready' | 'offer' | 'answer' | 'ice';
  /** A page of the guest: made by it, the same in everything about one connection. */
  session: string;
  /** A description or a candidate, as the browser wrote it; at most 12,000 characters. */
  data: string;
}

/** To the host, or to the guest whom the host has taken in; refused to everybody else. */
export interface SendSignal extends Signal {
  v: Version;
  type: 'cohost.signal';
  key: string;
  to: string;
}

/** You alone: the other one says this. */
export interface Signalled extends Signal {
  v: Version;
  type: 'cohost.signal';
  from: string;
}

/** You alone: who wants to be in the picture with whom is not as it was. Ask `GET /api/rooms/:id/cohosts`. */
export interface CohostsChanged {
  v: Version;
  type: 'cohosts.changed';
}

/** What only some people in a room are told. */
export type Told = Signalled | CohostsChanged;
