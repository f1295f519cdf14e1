/** Media: live ingest, playlists, delivery with an entitlement check where a stream is protected, replays. */
import type { App } from '../kernel/http.ts';
import { mountMediaApi } from './api.ts';
import { type Entitlement, mountDelivery } from './delivery.ts';
import { mountEncoderApi } from './encoder_api.ts';
import { defineJobs } from './jobs.ts';

export { type Box, listBoxes } from './boxes.ts';
export { leadOf, readInit, readSegment, type Track } from './cmaf.ts';
export type { Entitlement } from './delivery.ts';
export { deleteRecording, noticeSilence, purgeOutlived } from './jobs.ts';
export { type RtmpServer, startRtmp } from './rtmp.ts';
export { createStream, endStream, liveEdge, mediaTimeAt, rotateKey, setProtected, streamState } from './streams.ts';

/**
 * Events: `stream.started`, `stream.resumed` (a run's first segment), `stream.silent` (none for a minute).
 * @param may_watch asked for every byte of a protected stream; without it only the owner sees one
 */
export function mountMedia(app: App, may_watch: Entitlement = async () => false): void {
  mountMediaApi(app);
  mountEncoderApi(app);
  mountDelivery(app, may_watch);
  defineJobs(app.souk);
}
