/** The door of the wallet: coins, the purchases behind them, what may be spent, and their way back into money. */
import type { App } from '../kernel/http.ts';
import { onOutcome } from '../payments/index.ts';
import { onErasure, onSignUp } from '../people/index.ts';
import { mountWalletRoutes } from './api.ts';
import './invariants.ts';
import { tellOfPurchases } from './messages.ts';
import { onTopUpOutcome } from './top_ups.ts';
import { openHouseAccounts, openWallet, remainsOf } from './wallet.ts';

export { coinsOf, type LotPart, layOut, type Split, splitOf, withoutParts } from './lots.ts';
export * from './postings.ts';
export { findBurns, findLots, findParts, insertBurns, insertSegments, lockLot } from './queries.ts';
export { askToConfirm } from './refusals.ts';
export { halfOfGifts, type Spending, spend, unspend } from './spending.ts';
export { lockSpending, updateSpending } from './spending_queries.ts';
export { creditFrom, postAll, recordTakeOut, unspentLine, unspentOf } from './take_out.ts';
export { dayLimitOf, openWallet, openWallets } from './wallet.ts';

export function mountWallet(app: App): void {
  const ctx = app.souk;
  mountWalletRoutes(app);
  onSignUp(ctx, (tx, person) => openWallet(tx, person, ctx.clock.now()));
  onErasure(ctx, { remainders: remainsOf });
  onOutcome('top_up', onTopUpOutcome);
  tellOfPurchases(ctx);
  app.addHook('onReady', () => openHouseAccounts(ctx));
}
