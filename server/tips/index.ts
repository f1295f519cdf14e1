/** The door of tips: money from person to person, all of it to the creator. */
import { inTx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { openAccounts } from '../ledger/index.ts';
import { marketCodes, pack } from '../markets/index.ts';
import { onOutcome } from '../payments/index.ts';
import { mountTipRoutes } from './api.ts';
import './invariants.ts';
import { tellOfTips } from './messages.ts';
import { onTipOutcome } from './outcomes.ts';

export function mountTips(app: App): void {
  const ctx = app.souk;
  mountTipRoutes(app);
  onOutcome('tip', onTipOutcome);
  tellOfTips(ctx);
  app.addHook('onReady', async () => {
    const revenue = (asset: string) => ({ owner: null, kind: 'revenue:tips', asset, floor: null });
    const currencies = new Set(marketCodes.map((code) => pack(code).currency));
    await inTx(ctx.db, (tx) => openAccounts(tx, [...currencies].map(revenue), ctx.clock.now()));
  });
}
