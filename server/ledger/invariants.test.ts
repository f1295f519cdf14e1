import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { createDb, createPool, inTx } from '../kernel/db.ts';
import { mintId } from '../kernel/ids.ts';
import { openHouse } from '../test/harness.ts';
import { accountId, checkInvariants, openAccounts, post } from './index.ts';

const { ctx, owner_url, app_url } = await openHouse(null);
const [ann, bob] = [mintId(), mintId()];
const wallet = (owner: string) => accountId(owner, 'test.wallet', 'XTS');
const owner = createDb(createPool(owner_url, 1, 'tamperer'));
const app = createPool(app_url, 1, 'the app');

before(async () => {
  const at = ctx.clock.now();
  const issued = accountId(null, 'test.source', 'XTS');
  await inTx(ctx.db, (tx) =>
    openAccounts(
      tx,
      [
        { owner: null, kind: 'test.source', asset: 'XTS', floor: null },
        { owner: ann, kind: 'test.wallet', asset: 'XTS', floor: 0n },
        { owner: bob, kind: 'test.wallet', asset: 'XTS', floor: 0n },
      ],
      at,
    ),
  );
  const move = (debit: string, credit: string, amount: bigint) => ({
    ...{ transfer_id: mintId(), debit, credit, amount, code: 'test.moved', ref: mintId(), event_at: at },
  });
  const moves = [move(issued, wallet(ann), 9n), move(wallet(ann), wallet(bob), 4n), move(wallet(bob), wallet(ann), 1n)];
  await inTx(ctx.db, (tx) => post(tx, moves, at));
});
after(async () => {
  await Promise.all([owner.pool.end(), app.end()]);
});

const A = `'${wallet(ann)}'`;
const B = `'${wallet(bob)}'`;

/** Each is done by the role that owns the tables, sees nothing in its way, and is found. */
const tamperings: [what: string, statements: string, found: RegExp][] = [
  [
    'a balance is raised',
    `update ledger.accounts set credits = credits + 5 where account_id = ${A}`,
    /ledger\.sum.*ledger\.counters/s,
  ],
  [
    'a balance is moved from one to the other, so that sums still hold',
    `update ledger.accounts set credits = credits + case when account_id = ${A} then 2 else -2 end
      where account_id in (${A}, ${B})`,
    /ledger\.counters/,
  ],
  ['a transfer is deleted', 'delete from ledger.transfers where seq = 3', /ledger\.counters/],
  [
    'a transfer is deleted and the counters are set back, so that sums still hold',
    `update ledger.accounts set credits = credits - 4 where account_id = ${B};
     update ledger.accounts set debits = debits - 4 where account_id = ${A};
     delete from ledger.transfers where seq = 2`,
    /ledger\.lines/,
  ],
  [
    'an amount is changed together with the counters',
    `update ledger.transfers set amount = 3 where seq = 2;
     update ledger.accounts set debits = debits - 1 where account_id = ${A};
     update ledger.accounts set credits = credits - 1 where account_id = ${B}`,
    /ledger\.lines/,
  ],
  ['a transfer goes to another account', `update ledger.transfers set credit = ${B} where seq = 1`, /ledger\.counters/],
  [
    'a transfer is forged with matching counters',
    `insert into ledger.transfers (transfer_id, debit, credit, amount, code, ref, debit_from, credit_from,
       debit_balance, credit_balance, event_at, recorded_at)
     select gen_random_uuid(), ${A}, ${B}, 6, code, ref, 0, 0, 0, 9, event_at, recorded_at
       from ledger.transfers limit 1;
     update ledger.accounts set debits = debits + 6 where account_id = ${A};
     update ledger.accounts set credits = credits + 6 where account_id = ${B}`,
    /ledger\.lines/,
  ],
  ['a floor is lifted', `update ledger.accounts set floor = null where account_id = ${A}`, /ledger\.debtors/],
  [
    'a wallet is overdrawn',
    `update ledger.accounts set debits = debits + 60 where account_id = ${A};
     update ledger.accounts set credits = credits + 60 where account_id = ${B}`,
    /ledger\.floor/,
  ],
  [
    'test money becomes euros',
    `update ledger.accounts set asset = 'EUR' where account_id = ${A}`,
    /ledger\.assets.*ledger\.identity/s,
  ],
  [
    'two people swap their wallets',
    `update ledger.accounts set owner_id = '${mintId()}' where account_id = ${A}`,
    /ledger\.identity/,
  ],
];

test('I1 I2 I3: the untouched book holds', async () => assert.deepEqual(await checkInvariants(ctx.db.q), []));

for (const [what, statements, found] of tamperings) {
  test(`ledger:check sees when ${what}`, async () => {
    const faults = await tamper(statements);
    assert.match(faults.join('\n'), found);
  });

  // The app moves counters and adds transfers, as it must; what it gets wrong in doing so is found above.
  const posts = /^(update ledger\.accounts set (credits|debits) =|insert)/;
  if (statements.split(';').every((statement) => posts.test(statement.trim()))) continue;
  test(`A25 I13: the role that serves cannot do it: ${what}`, async () => {
    await assert.rejects(app.query(statements), { code: '42501' });
  });
}

/** Tampers in a transaction of the owner, checks inside it, and takes it back. */
async function tamper(statements: string): Promise<string[]> {
  let faults: string[] = [];
  const undone = owner.q.transaction().execute(async (q) => {
    for (const statement of statements.split(';')) await sql.raw(statement).execute(q);
    faults = await checkInvariants(q);
    throw new Error('take it back');
  });
  await assert.rejects(undone, /take it back/);
  return faults;
}
