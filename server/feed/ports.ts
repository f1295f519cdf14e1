/** How many of a page may sell is said by whoever keeps people's dials and the guardrail. */
import type { Context, Principal } from '../kernel/context.ts';
import { marketCodes, pack } from '../markets/index.ts';
import { budgetOf } from './load.ts';

/** @returns how many of the items in a window may sell for this viewer */
export type Budget = (me: Principal | null) => Promise<number>;

const budgets = new WeakMap<Context, Budget>();

/** Filled once; without it everybody's dial stands where the market's pack puts it. */
export const defineBudget = (ctx: Context, budget: Budget): unknown => budgets.set(ctx, budget);

export async function budgetFor(ctx: Context, me: Principal | null): Promise<number> {
  const { load } = pack(me?.market ?? marketCodes[0]);
  return (await budgets.get(ctx)?.(me)) ?? budgetOf(load, load.dial, 0);
}
