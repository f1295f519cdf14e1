/** Media: uploads and packages, live ingest, playlists, delivery with an entitlement check, replays. */
export { type Box, listBoxes } from './boxes.ts';
export { leadOf, readInit, readSegment, type Track } from './cmaf.ts';
export type { Entitlement } from './delivery.ts';
export { deleteRecording, noticeSilence, purgeOutlived } from './jobs.ts';
export { mountMedia } from './mount.ts';
export { guardPackages } from './package_delivery.ts';
export {
  deletePackage,
  findPackage,
  findUpload,
  findUploads,
  type Package,
  packageUrl,
  setPackageProtected,
  shareUpload,
  type Upload,
} from './packages.ts';
export { checkSource } from './providers.ts';
export { eraseLeftRehearsals } from './rehearsals.ts';
export { type RtmpServer, startRtmp } from './rtmp.ts';
export { createStream, endStream, liveEdge, mediaTimeAt, rotateKey, setProtected, streamState } from './streams.ts';
