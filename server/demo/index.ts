/** The demo: a cast that lives here through the same routes as everybody. Only in development, only in a house without people. */
import type { App } from '../kernel/http.ts';
import { mountDemoApi, type Show } from './api.ts';
import { type Crowd, startCrowd } from './crowd.ts';
import { type LoopLive, startLoopLive } from './loop_live.ts';
import { gather } from './opening.ts';

/** Mounts the doors, and opens the show once the house listens. Nothing at all without `config.demo`. */
export function mountDemo(app: App): void {
  const ctx = app.souk;
  if (!ctx.config.demo || ctx.config.production) return;
  const show: Show = { troupe: null, room_id: null };
  const running: { crowd?: Crowd; live?: LoopLive } = {};
  mountDemoApi(app, show);

  async function open(): Promise<void> {
    const troupe = await gather(app);
    if (!troupe) return;
    show.troupe = troupe;
    running.live = startLoopLive(app, troupe, (room_id) => {
      show.room_id = room_id;
    });
    running.crowd = startCrowd(app, troupe, () => show.room_id);
  }

  app.addHook('onListen', () => {
    void open().catch((error: unknown) => ctx.log.error({ err: error }, 'the demo could not open'));
  });
  app.addHook('preClose', async () => {
    running.crowd?.stop();
    await running.live?.stop();
  });
}
