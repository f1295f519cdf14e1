/** What stands around a live: plans before it; polls, questions, a pinned message and captions in it. */
import type { Context } from '../kernel/context.ts';
import type { App } from '../kernel/http.ts';
import { answerCaptions } from './captions.ts';
import type { Hub } from './hub.ts';
import { tellOfLives } from './live_messages.ts';
import { closeDuePolls, closePollsOf } from './polls.ts';
import { mountSchedules } from './schedules_api.ts';
import { passMissed } from './starts.ts';
import { mountTalk } from './talk_api.ts';
import { tellTallies } from './tallies.ts';

const BEAT_MS = 1_000;

export function mountAround(app: App, hub: Hub): void {
  const ctx = app.souk;
  tellOfLives(ctx);
  answerCaptions(ctx);
  mountSchedules(app, hub);
  mountTalk(app);
  ctx.jobs.cron('rooms.pass_missed', '*/5 * * * *', () => passMissed(ctx, ctx.clock.now()));
  ctx.relay.on('room.ended', 'rooms: polls', async (events) => {
    for (const { subject } of events) await closePollsOf(ctx, subject);
  });
  let beat: ReturnType<typeof startBeat> | undefined;
  app.addHook('onReady', async () => {
    beat = startBeat(ctx);
  });
  app.addHook('onClose', () => beat?.stop());
}

/**
 * Every second: polls that are due, votes as they stand. A cron wakes once a minute at most, and people watch this
 * count down; several processes may do it at once.
 */
function startBeat(ctx: Context): { stop: () => Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = closeDuePolls(ctx, ctx.clock.now())
      .then(() => tellTallies(ctx))
      .catch((error) => ctx.log.warn({ error }, 'polls wait for the next second'))
      .finally(() => {
        busy = false;
      });
  }, BEAT_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
