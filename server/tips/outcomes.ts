/** What payments tells of tips, in the transaction that settles the payment. */
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import type { NewEvent } from '../kernel/events.ts';
import { type LockedAccounts, openAccounts, type Transfer } from '../ledger/index.ts';
import { type Effects, type Outcome, pspAccount } from '../payments/index.ts';
import { pendingAccount, postReversal, postTip, receivableAccount } from './postings.ts';
import type { Tip } from './queries.ts';
import * as queries from './queries.ts';

type Told = { tip: Tip; psp: string };

/** Captured money is the creator's at once; what a bank takes back leaves them again (FAULTS A17). */
export async function onTipOutcome(tx: Tx, ctx: Context, outcomes: Outcome[]): Promise<Effects> {
  const at = ctx.clock.now();
  const tips = await queries.lockTips(
    tx,
    outcomes.map(({ attempt }) => attempt.thing_id),
  );
  const of = (kind: Outcome['kind']): Told[] =>
    outcomes.flatMap(({ kind: said, attempt }) => {
      const tip = tips.get(attempt.thing_id);
      return said === kind && tip ? [{ tip, psp: pspAccount(attempt.provider, attempt.currency) }] : [];
    });
  const [paid, failed, reversed] = [of('captured'), of('failed'), of('reversed')];
  const ids = (told: Told[]) => told.map(({ tip }) => tip.tip_id);
  await openEarners(tx, paid, at);
  await queries.setPaid(tx, ids(paid), at);
  await queries.closeTips(tx, ids(failed), 'failed', at);
  await queries.closeTips(tx, ids(reversed), 'reversed', at);
  return {
    transfers: paid.flatMap(({ tip, psp }) => postTip(tip, psp, at)),
    ...(reversed.length > 0 && { decide: decideReversals(reversed, at) }),
    events: [
      ...paid.map(({ tip }) => eventOf('tip.received', tip)),
      ...reversed.map(({ tip }) => eventOf('tip.reversed', tip)),
    ],
  };
}

function openEarners(tx: Tx, paid: Told[], at: Date): Promise<void> {
  const accounts = paid.flatMap(({ tip: { receiver_id: owner, currency: asset } }) => [
    { owner, kind: 'payable.pending', asset, floor: 0n },
    { owner, kind: 'receivable', asset, floor: null },
  ]);
  return openAccounts(tx, accounts, at);
}

/** What is still pending is known only under lock; several reversals of one creator share it in order. */
function decideReversals(reversed: Told[], at: Date): NonNullable<Effects['decide']> {
  const legs = (told: Told, held: bigint) => postReversal(told.tip, told.psp, held, at);
  const touched = (told: Told) => [
    ...[...legs(told, 0n), ...legs(told, told.tip.amount_minor)].flatMap(({ debit, credit }) => [debit, credit]),
    receivableAccount(told.tip.receiver_id, told.tip.currency),
  ];
  return {
    accounts: [...new Set(reversed.flatMap(touched))],
    judge(locked: LockedAccounts): Transfer[] {
      const taken = new Map<string, bigint>();
      return reversed.flatMap((told) => {
        const pending = pendingAccount(told.tip.receiver_id, told.tip.currency);
        const account = locked.get(pending);
        const held = (account ? account.credits - account.debits : 0n) - (taken.get(pending) ?? 0n);
        const takes = told.tip.amount_minor < held ? told.tip.amount_minor : held;
        taken.set(pending, (taken.get(pending) ?? 0n) + takes);
        return legs(told, held);
      });
    },
  };
}

const eventOf = (type: string, tip: Tip): NewEvent => ({
  type,
  actor: tip.sender_id,
  subject: tip.tip_id,
  data: {
    receiver_id: tip.receiver_id,
    subject_kind: tip.subject_kind,
    subject_id: tip.subject_id,
    amount: String(tip.amount_minor),
    currency: tip.currency,
  },
});
