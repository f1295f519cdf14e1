/** The door of payouts. In this release it shows earnings; releases and payout runs stand on the same lines. */
import type { App } from '../kernel/http.ts';
import { mountPayoutRoutes } from './api.ts';

export function mountPayouts(app: App): void {
  mountPayoutRoutes(app);
}
