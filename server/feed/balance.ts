/** The balance: everybody's dial, the budget that follows from it, and what was served, for anybody to count after. */
import type { Context, Principal } from '../kernel/context.ts';
import { HOME_MARKET, pack } from '../markets/index.ts';
import * as queries from './balance_queries.ts';
import { budgetOf } from './load.ts';

const rulesOf = (me: Pick<Principal, 'market'> | null) => pack(me?.market ?? HOME_MARKET).load;

/**
 * Where somebody's dial stands: as they set it; a guest says it with every page; else where the market's pack puts it.
 */
export async function dialOf(ctx: Context, me: Principal | null, said: number | undefined): Promise<number> {
  const kept = me ? await queries.findDial(ctx.db.pool, me.person_id) : said;
  return kept ?? rulesOf(me).dial;
}

export async function setDial(ctx: Context, me: Principal, dial: number): Promise<void> {
  await queries.upsertDial(ctx.db.pool, me.person_id, dial, ctx.clock.now());
}

/** How many of a window may sell for this viewer. */
export const budgetAt = (me: Principal | null, dial: number): number => budgetOf(rulesOf(me), dial, 0);

export interface Served {
  day: string;
  /** Items that were served in For You, and how many of them with something for sale. */
  items: number;
  sold: number;
}

/** How a community fares beside its commerce, for each thousand views of a day. */
export interface Health {
  day: string;
  views: number;
  reports: number;
  blocks: number;
  comments: number;
  replies: number;
  /** People who commented and had commented in the seven days before. */
  returning: number;
}

const DAYS = 30;
const DAY_MS = 86_400_000;
const KEPT_MS = 60_000;

export interface Balance {
  window: number;
  /** Of a window, at dial 0, 25, 50, 75 and 100. */
  budgets: { dial: number; most: number }[];
  /** Where the dial of those stands who never moved it. */
  dial: number;
  served: Served[];
  health: Health[];
}

const kept = new WeakMap<Context, { until: number; balance: Promise<Balance> }>();

/** What anybody may see, counted from what was served and done; kept for a minute. */
export function readBalance(ctx: Context): Promise<Balance> {
  const now = ctx.clock.now().getTime();
  const found = kept.get(ctx);
  if (found && found.until > now) return found.balance;
  const balance = count(ctx);
  kept.set(ctx, { until: now + KEPT_MS, balance });
  balance.catch(() => kept.delete(ctx));
  return balance;
}

async function count(ctx: Context): Promise<Balance> {
  const rules = rulesOf(null);
  const since = new Date(ctx.clock.now().getTime() - DAYS * DAY_MS);
  const [served, health] = await Promise.all([
    queries.listServedDays(ctx.db.pool, since),
    queries.listHealth(ctx.db.pool, since),
  ]);
  const budgets = [0, 25, 50, 75, 100].map((dial) => ({ dial, most: budgetOf(rules, dial, 0) }));
  return { window: rules.window, budgets, dial: rules.dial, served, health };
}
