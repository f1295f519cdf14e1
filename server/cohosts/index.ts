/** The door of cohosts: a second person joins the host's picture. */
import type { App } from '../kernel/http.ts';
import { mountCohostRoutes } from './api.ts';
import { followEvents } from './jobs.ts';
import { handOnSignals } from './signals.ts';

/** Events: `cohost.asked`, `cohost.agreed`, `cohost.shown`, `cohost.ended` (`{host_id, guest_id, reason?}`). */
export function mountCohosts(app: App): void {
  mountCohostRoutes(app);
  handOnSignals(app.souk);
  followEvents(app);
}
