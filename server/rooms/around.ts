/** What stands around a live: plans before it; polls, questions, captions in it; summary and hand-over after it. */
import type { Context } from '../kernel/context.ts';
import type { App } from '../kernel/http.ts';
import { mountAfter } from './after_api.ts';
import { answerCaptions } from './captions.ts';
import { describeRooms } from './card.ts';
import { offerCards } from './cards.ts';
import type { Hub } from './hub.ts';
import { tellOfLives } from './live_messages.ts';
import { closeDuePolls, closePollsOf } from './polls.ts';
import { mountSchedules } from './schedules_api.ts';
import { passMissed } from './starts.ts';
import { sampleViewers } from './summary.ts';
import { mountTalk } from './talk_api.ts';
import { tellTallies } from './tallies.ts';

const BEAT_MS = 1_000;
/** Beats between two looks at how many watch. */
const SAMPLE_EVERY = 10;

export function mountAround(app: App, hub: Hub): void {
  offerCards(app.souk, hub);
  describeRooms(app.souk, hub);
  const ctx = app.souk;
  tellOfLives(ctx);
  answerCaptions(ctx);
  mountSchedules(app, hub);
  mountTalk(app);
  mountAfter(app, hub);
  ctx.jobs.cron('rooms.pass_missed', '*/5 * * * *', () => passMissed(ctx, ctx.clock.now()));
  ctx.relay.on('room.ended', 'rooms: polls', async (events) => {
    for (const { subject } of events) await closePollsOf(ctx, subject);
  });
  let beat: ReturnType<typeof startBeat> | undefined;
  app.addHook('onReady', async () => {
    beat = startBeat(ctx, hub);
  });
  app.addHook('onClose', () => beat?.stop());
}

/**
 * Every second: polls that are due, votes as they stand, now and then who watches. A cron wakes once a minute at most,
 * and people watch this count down; several processes may do it at once.
 */
function startBeat(ctx: Context, hub: Hub): { stop: () => Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  let beats = 0;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = closeDuePolls(ctx, ctx.clock.now())
      .then(() => tellTallies(ctx))
      .then(() => (beats++ % SAMPLE_EVERY === 0 ? sampleViewers(ctx, hub) : undefined))
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
