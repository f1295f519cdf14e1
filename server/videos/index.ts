/** Videos: what people post, who may see it, and what it is called. */
import type { App } from '../kernel/http.ts';
import { mountVideosApi } from './api.ts';
import { defineJobs } from './jobs.ts';
import { tellOfVideos } from './messages.ts';

export { publishDue, purgeDeleted } from './jobs.ts';
export { findVideo, type Video } from './queries.ts';
export { maySeeVideo, maySeeVideos, viewVideos } from './seeing.ts';
export { type VideoView, videoParams, videoView } from './shapes.ts';
export { createDraft, deleteVideo, hideVideo, type NewDraft, publishVideo } from './videos.ts';

/** Events: `video.published` {visibility, is_demo}, `video.changed`, `video.deleted`, `video.hidden`, `video.restored`. */
export function mountVideos(app: App): void {
  defineJobs(app.souk);
  tellOfVideos(app.souk);
  mountVideosApi(app);
}
