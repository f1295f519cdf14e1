/**
 * The port for how a live gets in and where it is watched. The house's own ingest is one; the pack of a market names which
 * its hosts may choose from. Whatever a provider does, who may watch is decided before it is asked (delivery.ts).
 */
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { Refusal } from '../kernel/refusal.ts';
import { type LiveProviderName, type MarketCode, pack } from '../markets/index.ts';
import { externalHls } from './external.ts';
import { own } from './own.ts';
import { findSource } from './source_queries.ts';

export interface LiveProvider {
  /** Whether what it brought can be watched again. */
  readonly keeps_replay: boolean;
  /**
   * Looks at what the host gave, before anything is opened. May call outside, so never inside a transaction.
   * @param source where the pictures lie; null where they are sent to the house
   */
  check(ctx: Context, source: string | null): Promise<void>;
  /** Opens the way in, in the transaction that makes the stream. */
  open(tx: Tx, stream_id: string, source: string | null): Promise<void>;
  /** Media time of the end of the newest picture; null before the first. */
  edge(ctx: Pick<Context, 'db'>, stream_id: string): Promise<Date | null>;
  /** Answers for what lies below /media/streams/<id>/; called once at start, so that answers can be remembered. */
  deliver(ctx: Context): Deliver;
}

export interface Place {
  stream: { stream_id: string; is_protected: boolean; ended_at: Date | null };
  file: string;
  query: Record<string, unknown>;
}

/** Null: there is nothing at this place. */
export type Deliver = (place: Place) => Promise<Found | null>;

export interface Found {
  body: Buffer | string;
  type: string;
  /** For how many seconds shared caches may keep it; the bytes of a protected stream are kept by none. */
  shared_s: number;
  /** Also in the browsers of viewers: it never changes. */
  forever?: boolean;
}

export const PROVIDERS: Readonly<Record<LiveProviderName, LiveProvider>> = { own, external_hls: externalHls };

/** Which of them a stream came by. */
export async function providerNameOf(ctx: Pick<Context, 'db'>, stream_id: string): Promise<LiveProviderName> {
  return (await findSource(ctx.db.pool, stream_id))?.provider ?? 'own';
}

/** Refuses `provider_unavailable` where the host's market does not offer it, and what the provider has against the source. */
export async function checkSource(
  ctx: Context,
  market: string,
  { provider, source }: { provider: LiveProviderName; source: string | null },
): Promise<void> {
  if (!pack(market as MarketCode).live.providers.includes(provider)) throw new Refusal('provider_unavailable');
  await PROVIDERS[provider].check(ctx, source);
}
