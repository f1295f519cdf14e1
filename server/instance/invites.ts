/** Invitations: codes that let people in, until they are used up, expire or are taken back. */
import { randomBytes } from 'node:crypto';
import type { Context, Principal } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { mintId } from '../kernel/ids.ts';
import { defineRefusals, Refusal } from '../kernel/refusal.ts';
import * as queries from './invite_queries.ts';

export const inviteRefusals = defineRefusals({
  invite_needed: [403, 'This instance takes new people by invitation'],
  invite_invalid: [403, 'This invitation is not valid, or no longer'],
});

const DAY_MS = 86_400_000;
/** Crockford's letters: none that looks like another. 60 bits, so that nobody guesses one. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 12;

const newCode = (): string => [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % 32]).join('');

/** As people type them: in capitals, in groups, an o for a zero. */
export const plainCode = (text: string): string =>
  text.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');

export interface NewInvite {
  label: string;
  most_uses: number;
  /** Null: until it is used up or taken back. */
  expires_days: number | null;
}

export async function makeInvite(ctx: Context, tx: Tx, me: Principal, wanted: NewInvite): Promise<queries.Invite> {
  const made_at = ctx.clock.now();
  const { label, most_uses, expires_days } = wanted;
  const expires_at = expires_days === null ? null : new Date(made_at.getTime() + expires_days * DAY_MS);
  const row = { invite_id: mintId(), code: newCode(), label, most_uses, expires_at, made_by: me.person_id, made_at };
  await queries.insertInvite(tx.client, row);
  return { ...row, uses: 0, revoked_at: null };
}

/** Nobody new comes by it; who came stays. Again is no error. Refuses `not_found`. */
export async function revokeInvite(ctx: Context, invite_id: string): Promise<void> {
  if (!(await queries.setRevoked(ctx.db.pool, invite_id, ctx.clock.now()))) throw new Refusal('not_found');
}

/**
 * Takes one use of a code in the transaction of the sign-up: of the last use one of two comes in.
 * Refuses `invite_needed` without a code, `invite_invalid`.
 * @returns what notes who came, once there is a person
 */
export async function useInvite(ctx: Context, tx: Tx, code: string): Promise<(person_id: string) => Promise<void>> {
  if (code.trim() === '') throw new Refusal('invite_needed');
  const used_at = ctx.clock.now();
  const invite_id = await queries.takeUse(tx, plainCode(code), used_at);
  if (invite_id === null) throw new Refusal('invite_invalid');
  return (person_id) => queries.insertUse(tx, { person_id, invite_id, used_at });
}
