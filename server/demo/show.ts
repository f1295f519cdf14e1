/** The show: opens when the house listens, ends before it closes. */
import type { App } from '../kernel/http.ts';
import type { Show } from './api.ts';
import { type Crowd, startCrowd } from './crowd.ts';
import { type LoopLive, startLoopLive } from './loop_live.ts';
import { gather } from './opening.ts';
import { filmed, type Posting, startPosting } from './video_posts.ts';

export function runShow(app: App, show: Show): void {
  const running: { crowd?: Crowd; live?: LoopLive; posting?: Posting } = {};
  let closed = false;

  async function open(): Promise<void> {
    const troupe = await gather(app);
    show.cancelled = troupe === null;
    if (!troupe || closed) return;
    show.troupe = troupe;
    running.live = startLoopLive(app, troupe, (room_id) => {
      show.room_id = room_id;
    });
    running.crowd = startCrowd(app, troupe, () => show.room_id);
    const { demo_videos: most } = app.souk.config;
    running.posting = startPosting(app, troupe, filmed().reverse().slice(0, most).reverse());
  }

  app.addHook('onListen', () => {
    void open().catch((error: unknown) => app.souk.log.error({ err: error }, 'the demo could not open'));
  });
  app.addHook('preClose', async () => {
    closed = true;
    running.crowd?.stop();
    await Promise.all([running.live?.stop(), running.posting?.stop()]);
  });
}
