/**
 * Against those who hold goods without paying (FAULTS B3). A reservation lasts a quarter of an hour and is never
 * extended; how much one account holds at a time is bounded, and how often it lets go and holds again.
 */
import { toWire } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Wish } from './pricing.ts';

/** How long units are held for an order that is not paid. It is never extended. */
export const RESERVED_MS = 15 * 60_000;
/** Unpaid orders of an account at a time. */
export const MOST_HELD = 10;
/** Units of one variant that an account holds at a time, over all its unpaid orders. */
export const MOST_UNITS = 20;
/** Orders that an account may let run out, or cancel unpaid, within a day. */
export const MOST_LET_GO = 5;
export const LET_GO_MS = 86_400_000;

/** What an account holds unpaid now, and let go of lately. */
export interface Held {
  orders: number;
  let_go: number;
  /** By variant. */
  units: Map<string, number>;
}

/** Adds an order to what is held. Refuses `held_often`, `held_much`. PURE but for `held`. */
export function hold(held: Held, wishes: readonly Wish[]): void {
  if (held.let_go >= MOST_LET_GO) throw new Refusal('held_often', { retry_after_s: LET_GO_MS / 1_000 });
  if (held.orders >= MOST_HELD) throw new Refusal('held_much');
  const units = new Map(held.units);
  for (const { variant_id, quantity } of wishes) {
    const wanted = (units.get(variant_id) ?? 0) + quantity;
    if (wanted > MOST_UNITS) {
      throw new Refusal('held_much', { extra: { variant_id: toWire('variant', variant_id), most: MOST_UNITS } });
    }
    units.set(variant_id, wanted);
  }
  held.orders += 1;
  held.units = units;
}
