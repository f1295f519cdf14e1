/** The door of payouts. In this release it shows earnings; releases and payout runs stand on the same lines. */
import type { App } from '../kernel/http.ts';
import { onErasure } from '../people/index.ts';
import { mountPayoutRoutes } from './api.ts';
import { findUnpaid } from './queries.ts';

export function mountPayouts(app: App): void {
  mountPayoutRoutes(app);
  onErasure(app.souk, { remainders: findUnpaid });
}
