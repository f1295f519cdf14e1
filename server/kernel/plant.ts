/**
 * Planted faults: named points where a test can break the house on purpose, to prove that the simulation sees it
 * (`npm run simulate -- --plant NAME`). Nothing outside server/test sows, so elsewhere `plant()` is always false.
 */
export const PLANTS = {
  'ledger.skips_counters': 'a batch posts its transfers and forgets the counters of one account',
  'idempotency.forgets': 'answers to requests with a key are not stored',
  'wallet.rounds_parts': 'each part of a lot is rounded by itself',
  'wallet.loses_segment': 'coins are credited without saying which lot they are of',
  'gifts.ignores_funds': 'a gift is let through without looking at the balance',
  'gifts.settles_early': 'a gift settles before its hold is over',
  'gifts.stays_open': 'a settled gift is still marked as sent',
  'catalog.oversells': 'stock is sold that is not there',
  'catalog.keeps_held': 'units of an order that failed stay reserved',
  'events.loses': 'events are not written to the outbox',
} as const;

export type Plant = keyof typeof PLANTS;

let sown: Plant | null = null;

/** Whether the code shall be wrong at this point. */
export const plant = (name: Plant): boolean => sown === name;

/** For tests only. `null` weeds. */
export function sow(name: Plant | null): void {
  sown = name;
}
