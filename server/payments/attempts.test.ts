import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Attempt, type AttemptState, judge, newAttempt, type OutcomeKind, type Report } from './attempts.ts';
import type { ChargeStatus, ProviderCharge } from './provider.ts';

const at = new Date('2026-11-21T12:00:00Z');
const later = new Date(at.getTime() + 15 * 60_000);

const fresh = (): Attempt =>
  newAttempt(
    {
      attempt_id: 'a',
      purpose: 'order',
      thing_id: 't',
      person_id: 'p',
      method: { method_id: 'm', provider: 'sandbox', token: 'demo_card_ok' },
      amount: 1999n,
      currency: 'EUR',
      expires_at: later,
    },
    at,
  );

const report = (status: ChargeStatus, version = 1): { charge: ProviderCharge } => ({
  charge: {
    reference: 'a',
    version,
    status,
    amount: 1999n,
    currency: 'EUR',
    fee: 54n,
    decline_code: status === 'declined' ? 'card_declined' : null,
    action_url: status === 'requires_action' ? '/bank' : null,
    reversal: status === 'reversed' ? 'chargeback' : null,
  },
});

const table: [string, Report, AttemptState, OutcomeKind | null][] = [
  ['captured', report('captured'), 'captured', 'captured'],
  ['declined', report('declined'), 'declined', 'failed'],
  ['closed at the provider', report('cancelled'), 'expired', 'failed'],
  ['the bank wants a step', report('requires_action'), 'requires_action', null],
  ['under way', report('pending'), 'authorizing', null],
  ['no answer', { no_answer: true }, 'unknown', null],
];

for (const [name, said, state, outcome] of table) {
  test(`a new attempt: ${name} → ${state}`, () => {
    const judged = judge(fresh(), said, at);
    assert.equal(judged.attempt.state, state);
    assert.equal(judged.outcome, outcome);
    assert.equal(judged.attempt.ask_at === null, outcome !== null, 'what is open is asked about again');
  });
}

test('A14: a charge that answered 500 is unknown first and captured when it is looked up', () => {
  const unknown = judge(fresh(), { no_answer: true }, at).attempt;
  const { attempt, outcome } = judge(unknown, report('captured'), later);
  assert.equal(attempt.state, 'captured');
  assert.equal(attempt.fee_minor, 54n);
  assert.equal(outcome, 'captured');
});

test('the same report twice has one outcome', () => {
  const once = judge(fresh(), report('captured'), at);
  const twice = judge(once.attempt, report('captured'), at);
  assert.equal(twice.outcome, null);
  assert.deepEqual(twice.attempt, once.attempt);
});

test('another amount than was asked for stops the settling', () => {
  const wrong = report('captured');
  wrong.charge.amount = 1n;
  assert.throws(() => judge(fresh(), wrong, at), /another amount/);
});

/** Plays reports to the end, as `settle` does: what says "again" is judged again. */
function play(reports: Report[]) {
  let attempt = fresh();
  const outcomes: OutcomeKind[] = [];
  for (const said of reports) {
    for (let judged = judge(attempt, said, at), n = 0; n < 4; judged = judge(attempt, said, at), n++) {
      attempt = judged.attempt;
      if (judged.outcome) outcomes.push(judged.outcome);
      if (!judged.again) break;
    }
  }
  return { state: attempt.state, version: attempt.provider_version, outcomes };
}

test('C3: any order and repetition of a charge’s reports ends in the same state with the same outcomes', () => {
  const story: Report[] = [report('requires_action', 1), report('captured', 2), report('reversed', 3)];
  const right = play(story);
  assert.deepEqual(right, { state: 'reversed', version: 3, outcomes: ['captured', 'reversed'] });
  const orders = fc.shuffledSubarray([...story, ...story, { no_answer: true } as Report], { minLength: 7 });
  fc.assert(fc.property(orders, (shuffled) => assert.deepEqual(play(shuffled), right)));
});
