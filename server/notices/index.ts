/** Notices: every message to a person, sent once. */
export { mountNotices } from './api.ts';
export { type Message, tell } from './notices.ts';
