/** The book: accounts, transfers, and the one way in. It knows no product. */
export {
  accountId,
  closeAccounts,
  type LockedAccounts,
  lockAccounts,
  type NewAccount,
  openAccounts,
  transferId,
} from './accounts.ts';
export { mountLedger } from './api.ts';
export { checkInvariants, type Invariant, registerInvariant } from './invariants.ts';
export type { AccountState, Posted, Reason, Transfer } from './judge.ts';
export { nameOwners, type OwnerName } from './owners.ts';
export { post, postAhead } from './post.ts';
export {
  balances,
  findAccount,
  type Line,
  ownersOf,
  transfersByRef,
  transfersOf,
  trialBalance,
} from './statements.ts';
