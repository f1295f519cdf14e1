/** The door of gifts: the model room. Catalog, sending, taking back, goals, settlement, returns and chargebacks. */
export { catalog, findGift } from './catalog.ts';
export { chargeBackLot } from './chargebacks.ts';
export { type EarningLine, listEarningDays, listEarningsOfDay } from './earnings_queries.ts';
export { mountGifts } from './mount.ts';
export { pendingAccount, receivableAccount } from './postings.ts';
export { returnGiftsOf } from './returns.ts';
export { settleDue } from './settlement.ts';
