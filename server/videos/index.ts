/** Videos: what people post, who may see it, and what it is called. */
export { type Comment, findComment } from './comment_queries.ts';
export { judgeComment } from './comments.ts';
export { publishDue, purgeDeleted } from './jobs.ts';
export { mountVideos } from './mount.ts';
export { findVideo, type Video } from './queries.ts';
export { maySeeVideo, maySeeVideos, viewVideos } from './seeing.ts';
export { type VideoView, videoParams, videoView } from './shapes.ts';
export { createDraft, deleteVideo, hideVideo, type NewDraft, publishVideo } from './videos.ts';
export { WATCHED, type Watched } from './watch.ts';
export { heldAfter } from './watch_judge.ts';
export { namedViewer, type Visit, visitOf } from './watch_session.ts';
