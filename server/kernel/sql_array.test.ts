import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from '../test/harness.ts';
import { sqlArray } from './sql_array.ts';

const house = await openHouse(null);

test('PostgreSQL reads every text as it was, and nothing else as null', async () => {
  const texts = ['', 'a', 'null', 'NULL', 'Null', '{}', 'a,b', ' a ', '"', '\\', '\\"', '\\n', 'a\nb\tc\u0001', 'ä€😀'];
  const json = [{ a: '"\\\n\u0001\u2028', b: ['{,}'] }, 'x"y\\z', null, 7].map((value) => JSON.stringify(value));
  const given = [...texts, null, 'again', 'again', undefined, null, ...json];
  const { rows } = await house.ctx.db.pool.query<{ text: string | null }>(
    'select text from unnest($1::text[]) with ordinality as given (text, at) order by at',
    [sqlArray(given, (text) => text)],
  );
  assert.deepEqual(
    rows.map((row) => row.text),
    given.map((text) => text ?? null),
  );
});

test('numbers, bigints and times', async () => {
  const at = new Date('2026-11-21T12:00:00.123Z');
  const { rows } = await house.ctx.db.pool.query<{ n: number; b: bigint; t: Date }>(
    'select n, b, t from unnest($1::int[], $2::bigint[], $3::timestamptz[]) as given (n, b, t)',
    [sqlArray([-1, 0], (n) => n), sqlArray([2n ** 62n, -5n], (b) => b), sqlArray([at, at], (time) => time)],
  );
  assert.deepEqual(rows, [
    { n: -1, b: 2n ** 62n, t: at },
    { n: 0, b: -5n, t: at },
  ]);
  assert.equal(
    sqlArray([], () => 'never'),
    '{}',
  );
});
