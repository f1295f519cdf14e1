/** The demo: a cast that lives here through the same routes as all others. Only in development, in an empty house. */
import type { App } from '../kernel/http.ts';
import { mountDemoApi, type Show } from './api.ts';
import { runShow } from './show.ts';

/** Mounts the doors, and opens the show once the house listens. Nothing at all without `config.demo`. */
export function mountDemo(app: App): void {
  const { config } = app.souk;
  if (!config.demo || config.production) return;
  const show: Show = { troupe: null, cancelled: false, room_id: null };
  mountDemoApi(app, show);
  runShow(app, show);
}
