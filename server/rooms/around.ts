/** What stands around a live: plans before it. */
import type { App } from '../kernel/http.ts';
import type { Hub } from './hub.ts';
import { tellOfLives } from './live_messages.ts';
import { mountSchedules } from './schedules_api.ts';
import { passMissed } from './starts.ts';

export function mountAround(app: App, hub: Hub): void {
  const ctx = app.souk;
  tellOfLives(ctx);
  mountSchedules(app, hub);
  ctx.jobs.cron('rooms.pass_missed', '*/5 * * * *', () => passMissed(ctx, ctx.clock.now()));
}
