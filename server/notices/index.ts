/** Notices: every message to a person, in the inbox, by mail and by push, told once. */
export { mountNotices } from './api.ts';
export { declareNotices, notify } from './notices.ts';
export { type Notice, registryOf, type Told } from './registry.ts';
export { noticeTable } from './table.ts';
export type { Param, Params } from './texts.ts';
