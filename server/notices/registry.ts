/** The registry of what a person can be told. Each room declares its own notices; nothing else reaches anybody. */
import type { Context } from '../kernel/context.ts';
import type { Event } from '../kernel/events.ts';
import type { Params } from './texts.ts';

export const CHANNELS = ['app', 'mail', 'push'] as const;
export type Channel = (typeof CHANNELS)[number];

export const CATEGORIES = ['account', 'money', 'orders', 'gifts', 'live', 'people', 'selling', 'moderation'] as const;
export type Category = (typeof CATEGORIES)[number];

/** Why one cannot switch a notice off. The sentence stands in `why.<reason>` of the texts. */
export const REASONS = ['security', 'contract', 'receipt', 'decision'] as const;
export type Reason = (typeof REASONS)[number];

/** One message to one reader. */
export interface Told {
  /** Who is told. Null: nobody of this house, only an `address`. */
  person_id: string | null;
  /** What makes it this message and no other; the event's id where there is one. Told twice, it is one message. */
  once?: string;
  /** Who did it: named in the text, and nobody hears of one they share a block with, nor of themselves. */
  actor_id?: string | null;
  params?: Params;
  /** A path of the web app: `/orders/order_…`. */
  link?: string;
  /** What it is about. Notices of one kind and one group are one line of the inbox until it is read. */
  group?: string;
  /** Mail goes here instead of to the person's own address, e.g. the one they had before. */
  to?: { email: string; locale: 'de' | 'en' };
  /** A link that only this mail may hold (a reset). It is kept sealed, for as long as the mail is not sent. */
  secret?: string;
}

export interface Notice {
  /** `order.paid`. Names its texts: `<kind>.name`, `<kind>.line`, and for mail `<kind>.subject`, `<kind>.body`. */
  kind: string;
  category: Category;
  /** Texts of another name than its kind's. */
  texts?: string;
  /** Where it goes unless the reader chose otherwise: `always` cannot be switched off, and `why` says why not. */
  channels: Partial<Record<Channel, 'on' | 'off' | 'always'>>;
  why?: Reason;
  /** Does not wait for the end of quiet hours. What is `always` never waits. */
  urgent?: true;
  /** After so long a push or mail that waited is of no use and is dropped. */
  useful_ms?: number;
  /** What it is told on. Without it, a verb calls `notify` in its own transaction. */
  on?: {
    event: string;
    /** May concern very many people: runs as a job, so that other events need not wait. */
    wide?: true;
    /** Who is told what; in pages where they are many. Runs at least once for each event. */
    tell(ctx: Context, event: Event): Promise<Told[]> | AsyncIterable<Told[]>;
  };
  /** Values as they occur: for the table in the documentation and for the tests of both languages. */
  example: Params;
}

const registries = new WeakMap<Context, Map<string, Notice>>();

/** @returns all notices of the house by kind */
export function registryOf(ctx: Context): Map<string, Notice> {
  const known = registries.get(ctx) ?? new Map<string, Notice>();
  registries.set(ctx, known);
  return known;
}

export function register(ctx: Context, notice: Notice): void {
  const { kind, channels, why } = notice;
  const known = registryOf(ctx);
  if (known.has(kind)) throw new Error(`the notice ${kind} is declared twice`);
  const mandatory = Object.values(channels).includes('always');
  if (mandatory !== (why !== undefined)) throw new Error(`the notice ${kind}: what cannot be switched off says why`);
  known.set(kind, notice);
}

export const findNotice = (ctx: Context, kind: string): Notice | undefined => registryOf(ctx).get(kind);

/** What holds for a reader who chose `wanted`, or nothing. */
export function goes(notice: Notice, channel: Channel, wanted: boolean | undefined): boolean {
  const rule = notice.channels[channel];
  if (rule === undefined) return false;
  return rule === 'always' || (wanted ?? rule === 'on');
}
