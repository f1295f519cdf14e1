import { inTx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { openAccounts } from '../ledger/index.ts';
import { marketCodes, pack } from '../markets/index.ts';
import { mountGiftRoutes } from './api.ts';
import { mountGallery } from './gallery_api.ts';
import { mountGoals } from './goals_api.ts';
import './invariants.ts';
import { defineSummary } from '../rooms/index.ts';
import { defineGiftJobs } from './jobs.ts';
import { giftsIn } from './room_queries.ts';

export function mountGifts(app: App): void {
  const ctx = app.souk;
  mountGiftRoutes(app);
  mountGoals(app);
  mountGallery(app);
  defineGiftJobs(ctx);
  defineSummary(ctx, 'gifts', giftsIn);
  app.addHook('onReady', async () => {
    const revenue = (asset: string) => ({ owner: null, kind: 'revenue:gifts', asset, floor: null });
    const currencies = new Set(marketCodes.map((code) => pack(code).currency));
    await inTx(ctx.db, (tx) => openAccounts(tx, [...currencies].map(revenue), ctx.clock.now()));
  });
}
