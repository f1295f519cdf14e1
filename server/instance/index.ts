/** The instance: what its operator sets. */
export { mountInstance } from './api.ts';
export { findSettings } from './instance.ts';
export { useInvite } from './invites.ts';
