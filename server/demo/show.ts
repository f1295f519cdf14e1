/** The show: opens when the house listens, ends before it closes. */
import type { App } from '../kernel/http.ts';
import type { Show } from './api.ts';
import { type Crowd, startCrowd } from './crowd.ts';
import { type LoopLive, startLoopLive } from './loop_live.ts';
import { gather } from './opening.ts';

export function runShow(app: App, show: Show): void {
  const running: { crowd?: Crowd; live?: LoopLive } = {};

  async function open(): Promise<void> {
    const troupe = await gather(app);
    show.cancelled = troupe === null;
    if (!troupe) return;
    show.troupe = troupe;
    running.live = startLoopLive(app, troupe, (room_id) => {
      show.room_id = room_id;
    });
    running.crowd = startCrowd(app, troupe, () => show.room_id);
  }

  app.addHook('onListen', () => {
    void open().catch((error: unknown) => app.souk.log.error({ err: error }, 'the demo could not open'));
  });
  app.addHook('preClose', async () => {
    running.crowd?.stop();
    await running.live?.stop();
  });
}
