/** Access: the one place that decides who may do what. */
export {
  type Action,
  type Ask,
  addSource,
  MAY_REFUSALS,
  may,
  mayMany,
  mustBeAllowed,
  type Source,
} from './access.ts';
export { mountAccess } from './api.ts';
export { findSanction } from './queries.ts';
export { liftSanction, liftSuspension, type Suspension, suspend } from './sanctions.ts';
