/** The feed: what somebody is shown, in which order, and why. */
import type { App } from '../kernel/http.ts';
import { mountFeedApi } from './api.ts';
import { defineFeedJobs } from './jobs.ts';
import { watchViewers } from './viewer.ts';

export function mountFeed(app: App): void {
  watchViewers(app.souk);
  defineFeedJobs(app.souk);
  mountFeedApi(app);
}
