/** Access: the one place that decides who may do what, and what must say that it is commercial. */
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
export {
  addRelations,
  defineLabelled,
  type Label,
  type Labelled,
  labelShape,
  labelsOf,
  relationsOf,
} from './labels.ts';
export { findSanction } from './queries.ts';
export { liftSanction, liftSuspension, type Suspension, suspend } from './sanctions.ts';
