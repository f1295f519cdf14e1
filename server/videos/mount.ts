/** Routes, jobs and notices of the room. */
import type { App } from '../kernel/http.ts';
import { mountVideosApi } from './api.ts';
import { mountBeside } from './beside_api.ts';
import { describeVideos } from './card.ts';
import { mountComments } from './comments_api.ts';
import { mountFilters } from './filters_api.ts';
import { defineJobs } from './jobs.ts';
import { mountLikes } from './likes_api.ts';
import { mountVideoLists } from './lists_api.ts';
import { tellOfVideos } from './messages.ts';
import { guardPrivate } from './privacy.ts';
import { guardBytes } from './seeing.ts';
import { mountSoundsApi } from './sounds_api.ts';
import { defineTalk } from './talk_jobs.ts';
import { mountWatch } from './watch_api.ts';

/** Events: `video.published` {visibility, is_demo}, `video.changed`, `video.deleted`, `video.hidden`, `video.restored`. */
export function mountVideos(app: App): void {
  defineTalk(app.souk);
  guardBytes(app.souk);
  defineJobs(app.souk);
  guardPrivate(app.souk);
  tellOfVideos(app.souk);
  describeVideos(app.souk);
  mountVideosApi(app);
  mountVideoLists(app);
  mountBeside(app);
  mountLikes(app);
  mountComments(app);
  mountFilters(app);
  mountWatch(app);
  mountSoundsApi(app);
}
