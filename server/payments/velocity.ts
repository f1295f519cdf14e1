/**
 * Against those who try out stolen cards (FAULTS B16): they need many small charges, and most of them are declined.
 * One account is stopped by how often it tries; many new accounts at once by how many of their cards are declined.
 */
import type { Context } from '../kernel/context.ts';
import { type Tx, together } from '../kernel/db.ts';
import { Refusal } from '../kernel/refusal.ts';
import * as queries from './velocity_queries.ts';

const HOUR_MS = 3_600_000;
/** Of one account, within an hour. */
export const MOST_DECLINED = 5;
/** Top-ups that one account may begin within an hour. Tips have a number a day of their own, orders their stock. */
export const MOST_TOP_UPS = 20;
/** Cards that one account may store within a day, also those that it has deleted again. */
export const MOST_CARDS = 10;
export const CARDS_MS = 24 * HOUR_MS;
/** Of the whole house: so many declined within so long, and more than half of all. */
export const BREAKER = { window_ms: 600_000, declined: 30 } as const;

/** Codes that a payment can be refused with before anybody is asked for money. */
export const VELOCITY_REFUSALS = ['declined_often', 'payments_often', 'payments_paused'] as const;

export interface Payer {
  person_id: string;
  /** `order`, `top_up`, `tip` … */
  purpose: string;
}

/**
 * What stands against so many payments, in their order; null: nothing. Takes a lock on the payers until the end of
 * the transaction, so that what one of them begins at the same time counts. Call it before other locks.
 */
export async function mayPayMany(tx: Tx, ctx: Context, payers: readonly Payer[]): Promise<(Refusal | null)[]> {
  const now = ctx.clock.now();
  const ids = [...new Set(payers.map(({ person_id }) => person_id))];
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const [, tries, house] = await together([
    queries.lockPayers(tx, ids),
    queries.findTries(tx, ids, ago(HOUR_MS)),
    queries.countDecided(tx, ago(BREAKER.window_ms), BREAKER.declined),
  ]);
  const tripped = house.declined >= BREAKER.declined && house.declined > house.captured;
  const known = tripped ? await queries.findCustomers(tx, ids) : new Set<string>();
  return payers.map((payer) => {
    if (tripped && !known.has(payer.person_id)) {
      return new Refusal('payments_paused', { retry_after_s: BREAKER.window_ms / 1_000 });
    }
    return judge(payer, tries.get(payer.person_id));
  });
}

function judge({ purpose }: Payer, tries: queries.Tries | undefined): Refusal | null {
  const retry_after_s = HOUR_MS / 1_000;
  if ((tries?.declined ?? 0) >= MOST_DECLINED) return new Refusal('declined_often', { retry_after_s });
  if (purpose === 'top_up' && (tries?.top_ups ?? 0) >= MOST_TOP_UPS)
    return new Refusal('payments_often', { retry_after_s });
  return null;
}

/** The same for one payment. Refuses `declined_often`, `payments_often`, `payments_paused`. */
export async function mustBeAbleToPay(tx: Tx, ctx: Context, payer: Payer): Promise<void> {
  const [against] = await mayPayMany(tx, ctx, [payer]);
  if (against) throw against;
}
