import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSources, tidy } from './tidy.ts';

test('the house is tidy', () => {
  assert.deepEqual(tidy(readSources()), []);
});

/** Each rule sees its fault: path, text, and a part of what is said. */
const PLANTED: [path: string, text: string, said: RegExp][] = [
  ['server/rooms/rooms.ts', "import { sendGift } from '../gifts/index.ts';", /stands below rooms/],
  ['server/gifts/gifts.ts', "import { findLot } from '../wallet/queries.ts';", /only a door/],
  ['server/gifts/gifts.ts', "import {\n  findLot,\n} from '../wallet/queries.ts';", /only a door/],
  ['server/gifts/gifts.ts', "const { x } = await import('../orders/index.ts');", /stands below gifts/],
  ['server/kernel/db.ts', "import { mayGift } from '../gifts/index.ts';", /kernel knows no room/],
  ['server/ledger/post.ts', "import { mayGift } from '../gifts/index.ts';", /ledger knows no product/],
  ['server/gifts/gifts.ts', "import { openHouse } from '../test/harness.ts';", /only tests may/],
  ['server/coupons/index.ts', '', /in no room of the house/],
  ['server/gifts/gift_utils.ts', '', /name that says nothing/],
  ['server/gifts/sending/gifts.ts', '', /sub-folder/],
  ['server/gifts/gifts.ts', "await tx.client.query('select 1');", /speaks SQL/],
  ['server/gifts/queries.ts', "const text = 'select now()';", /database's clock/],
  ['server/migrations/0099_x.sql', 'create table x (at timestamptz(3) default now());', /database's clock/],
  ['server/gifts/gifts.ts', 'const at = new Date();', /clock on the wall/],
  ['server/migrations/x.sql', '', /never applied/],
  ['server/migrations/0099_x.sql', "create type mood as enum ('sad');", /enum/],
  ['server/migrations/0099_x.sql', 'create table x (at timestamptz);', /timestamptz\(3\)/],
  ['server/migrations/0099_x.sql', 'create table x (price real);', /rounds/],
  ['server/kernel/db.ts', 'const url = process.env.DATABASE_URL;', /config\.ts alone/],
  ['server/gifts/index.ts', 'export {};\n'.repeat(31), /at most 30/],
  ['server/gifts/gifts.ts', 'export {};\n'.repeat(301), /at most 300/],
  ['server/gifts/gifts.ts', `// ${'long '.repeat(30)}`, /longer than/],
  ['server/gifts/gifts.ts', 'export enum Mood { Sad }', /enum/],
  ['server/gifts/postings.ts', 'export async function f() {}', /not pure/],
  ['server/gifts/postings.ts', "import { readFile } from 'node:fs';", /more than compute/],
];

for (const [path, text, said] of PLANTED) {
  test(`tidy sees ${path}: ${text.slice(0, 60).replaceAll('\n', ' ')}`, () => {
    assert.match(tidy([{ path, text }]).join('\n'), said);
  });
}

test('tidy lets be: comments, doors above, the manual clock', () => {
  const fine = [
    { path: 'server/gifts/gifts.ts', text: "// select now()\nimport { lotsOf } from '../wallet/index.ts';" },
    { path: 'server/kernel/clock.ts', text: 'export interface Clock { now(): Date }' },
    { path: 'server/gifts/gifts.test.ts', text: "import { openHouse } from '../test/harness.ts';" },
  ];
  assert.deepEqual(tidy(fine), []);
});
