/** People: sign-in, profiles, age, follows, blocks, sessions, roles. */
import type { App } from '../kernel/http.ts';
import { nameOwners } from '../ledger/index.ts';
import { mountPeopleApi } from './api.ts';
import { createAuth } from './auth.ts';
import { mountAuth } from './auth_api.ts';
import { mountAvatars } from './avatars.ts';
import { ownerNames } from './owner_names.ts';

export { type Keeper, onErasure, type Remainder } from './erasure.ts';
export { areFriends, closedTo, followingPairs, friendsOf, mutedBy, mutedPairs } from './friend_queries.ts';
export { type Letter, onLetter } from './mails.ts';
export { networkOf } from './network.ts';
export { listNewcomers, type Newcomer } from './newcomer_queries.ts';
export { createPerson, type NewPerson, onSignUp, setSuspendedUntil } from './people.ts';
export { type Contact, findByHandle, findContact, findPeople, type Person } from './queries.ts';
export type { PersonChanged, SessionEnded } from './session.ts';
export { beginSession, createSessionReader, mintSession, PERSON_CHANGED, SESSION_ENDED, setCookie } from './session.ts';
export { avatarUrl, cardOf, findMe, meShape, type PersonCard, personCard } from './shapes.ts';
export { blockedPairs, followersOf, followsByMinute, hiddenFrom } from './tie_queries.ts';
export { TIES_CHANGED, type TiesChanged } from './ties.ts';

export function mountPeople(app: App): void {
  const auth = createAuth(app.souk);
  nameOwners(ownerNames);
  app.addHook('onClose', auth.close);
  mountAuth(app, auth);
  mountPeopleApi(app, auth);
  mountAvatars(app);
}
