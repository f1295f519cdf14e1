/** The composition root: makes the Context and mounts every room. */
import { mountAccess } from './access/index.ts';
import { mountBattles } from './battles/index.ts';
import { mountCatalog } from './catalog/index.ts';
import { mountCohosts } from './cohosts/index.ts';
import type { Config } from './config.ts';
import { mountDemo } from './demo/index.ts';
import { mountFeed } from './feed/index.ts';
import { mountGifts } from './gifts/index.ts';
import { findSettings, mountInstance } from './instance/index.ts';
import { createBatchers } from './kernel/batcher.ts';
import { createBus } from './kernel/bus.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import type { Context } from './kernel/context.ts';
import { createDb, createPool } from './kernel/db.ts';
import { createRelay } from './kernel/events.ts';
import { createMetrics, mountHealth } from './kernel/health.ts';
import { type App, createHttp } from './kernel/http.ts';
import { defineForgetting } from './kernel/idempotency.ts';
import { createJobs } from './kernel/jobs.ts';
import { createLog } from './kernel/log.ts';
import { createMailer } from './kernel/mail.ts';
import { mountMailbox } from './kernel/mailbox.ts';
import { mountPages } from './kernel/pages.ts';
import { createLimiter } from './kernel/rate.ts';
import { createStorage } from './kernel/storage.ts';
import { mountLedger } from './ledger/index.ts';
import { mountMarkets } from './markets/index.ts';
import { mountMedia } from './media/index.ts';
import { mountMessages } from './messages/index.ts';
import { mountModeration } from './moderation/index.ts';
import { mountNotices } from './notices/index.ts';
import { mountOrders } from './orders/index.ts';
import { mountPayments } from './payments/index.ts';
import { mountPayouts } from './payouts/index.ts';
import { createSessionReader, mountPeople } from './people/index.ts';
import { mountRooms } from './rooms/index.ts';
import { mountTips } from './tips/index.ts';
import { mountVideos } from './videos/index.ts';
import { mountWallet } from './wallet/index.ts';

/**
 * Makes the Context. Nothing runs yet: connections open with their first use.
 * @param database_url the app's role on a migrated database
 */
export function createContext(config: Config, database_url: string, clock: Clock = systemClock): Context {
  const log = createLog(config.log_level);
  const db = createDb(createPool(database_url, 12, 'souk'));
  const metrics = createMetrics();
  const ctx: Context = {
    config,
    log,
    clock,
    db,
    hot: createPool(database_url, 8, 'souk batchers'),
    bus: createBus(log),
    storage: createStorage(`${config.data_dir}/storage`),
    mail: createMailer(config, db, clock),
    batchers: createBatchers(metrics),
    relay: createRelay(database_url, clock, log),
    jobs: createJobs(database_url, log),
    limiter: createLimiter(clock),
    metrics,
    authenticate: async () => null,
  };
  ctx.authenticate = createSessionReader(ctx);
  return ctx;
}

/** Mounts the house. Rooms in the order of HOUSE.md: each may use the kernel, the ledger and the rooms before it. */
export async function createApp(ctx: Context, https?: { key: string; cert: string }): Promise<App> {
  const app = await createHttp(ctx, https);
  mountHealth(app);
  mountMailbox(app);
  defineForgetting(ctx);
  mountLedger(app);
  mountInstance(app);
  mountMarkets(app);
  mountPeople(app);
  mountAccess(app);
  mountNotices(app);
  await mountPayments(app);
  mountWallet(app);
  mountMedia(app);
  mountVideos(app);
  mountRooms(app);
  mountCohosts(app);
  mountTips(app);
  mountGifts(app);
  mountBattles(app);
  mountCatalog(app);
  mountOrders(app);
  mountFeed(app);
  mountPayouts(app);
  mountMessages(app);
  mountModeration(app);
  mountDemo(app);
  await mountPages(app, async () => (await findSettings(ctx.db.pool)).name);
  return app;
}

/** Stops in the order of who needs whom: no new requests, then batches, events and jobs, then connections. */
export async function closeApp(app: App): Promise<void> {
  const ctx = app.souk;
  await app.close();
  await ctx.batchers.drain();
  await ctx.relay.stop();
  await ctx.jobs.stop();
  ctx.mail.close();
  await Promise.all([ctx.db.pool.end(), ctx.hot.end()]);
}
