import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { coinsOf, cutLine, type LotPart, type LotValue, layOut, type Segment, splitOf, withoutParts } from './lots.ts';

const lotOf = (coins: bigint, net_minor: bigint, vat_minor: bigint): LotValue => ({ coins, net_minor, vat_minor });

test('83 ct net as 70 single Roses give the creator 42 and the platform 41', () => {
  const lot = lotOf(70n, 83n, 16n);
  let [creator, platform, vat] = [0n, 0n, 0n];
  for (let x = 0n; x < 70n; x += 1n) {
    const split = splitOf(lot, { lot_from: x, lot_to: x + 1n }, 5_000);
    creator += split.creator_minor;
    platform += split.platform_minor;
    vat += split.vat_minor;
  }
  assert.deepEqual([creator, platform, vat], [42n, 41n, 16n]);
});

test('MISSION 18: a gift of 1.00 EUR is 0.16 VAT, 0.42 creator, 0.42 platform', () => {
  const split = splitOf(lotOf(100n, 84n, 16n), { lot_from: 0n, lot_to: 100n }, 5_000);
  assert.deepEqual(split, {
    gross_minor: 100n,
    vat_minor: 16n,
    net_minor: 84n,
    creator_minor: 42n,
    platform_minor: 42n,
  });
});

const anyLot = fc
  .record({ coins: fc.bigInt(1n, 10n ** 7n), net: fc.bigInt(0n, 10n ** 9n), vat: fc.bigInt(0n, 10n ** 8n) })
  .map(({ coins, net, vat }) => lotOf(coins, net, vat));
const anyCuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });

/** Cuts [0, coins) at the given fractions. */
function cutsOf(lot: LotValue, fractions: number[]): { lot_from: bigint; lot_to: bigint }[] {
  const inner = fractions.map((f) => (lot.coins * BigInt(Math.floor(f * 1e6))) / 1_000_000n);
  const ends = [...new Set([0n, ...inner, lot.coins])].sort((a, b) => (a < b ? -1 : 1));
  return ends.slice(1).map((lot_to, i) => ({ lot_from: ends[i] as bigint, lot_to }));
}

test('A22: any cutting of any lot adds up to the cent, no part is below zero, whatever the shares are', () => {
  fc.assert(
    fc.property(
      anyLot,
      anyCuts,
      fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 5 }),
      (lot, f, bps) => {
        const splits = cutsOf(lot, f).map((part, i) => splitOf(lot, part, bps[i % bps.length] as number));
        const sum = (of: (split: (typeof splits)[number]) => bigint) => splits.reduce((a, split) => a + of(split), 0n);
        for (const split of splits) {
          assert.ok(split.vat_minor >= 0n && split.creator_minor >= 0n && split.platform_minor >= 0n);
          assert.equal(split.vat_minor + split.creator_minor + split.platform_minor, split.gross_minor);
        }
        assert.equal(
          sum((s) => s.net_minor),
          lot.net_minor,
        );
        assert.equal(
          sum((s) => s.vat_minor),
          lot.vat_minor,
        );
        assert.equal(
          sum((s) => s.gross_minor),
          lot.net_minor + lot.vat_minor,
        );
      },
    ),
  );
});

test('with one share document the platform gets exactly its rate of the lot, however it is cut', () => {
  fc.assert(
    fc.property(anyLot, anyCuts, fc.integer({ min: 0, max: 10_000 }), (lot, f, bps) => {
      const platform = cutsOf(lot, f).reduce((a, part) => a + splitOf(lot, part, bps).platform_minor, 0n);
      assert.equal(platform, (lot.net_minor * BigInt(bps)) / 10_000n);
    }),
  );
});

test('a line gives back, in order, exactly what was laid on it', () => {
  const anyPart = fc
    .record({ lot: fc.constantFrom('a', 'b', 'c'), from: fc.bigInt(0n, 1000n), n: fc.bigInt(1n, 500n) })
    .map(({ lot, from, n }): LotPart => ({ lot_id: lot, lot_from: from, lot_to: from + n }));
  fc.assert(
    fc.property(
      fc.array(anyPart, { minLength: 1, maxLength: 12 }),
      fc.nat(),
      fc.nat(),
      fc.bigInt(0n, 999n),
      (parts, a, b, at) => {
        const line = layOut(parts, at);
        const n = coinsOf(parts);
        assert.equal(line.at(-1)?.to_pos, at + n);
        const [from, to] = [at + (BigInt(a) % n), at + (BigInt(b) % n)].sort((x, y) => (x < y ? -1 : 1)) as [
          bigint,
          bigint,
        ];
        const whole = [...cutLine(line, at, from), ...cutLine(line, from, to), ...cutLine(line, to, at + n)];
        assert.equal(coinsOf(cutLine(line.toReversed(), from, to)), to - from);
        assert.deepEqual(singles(whole), singles(parts));
      },
    ),
  );
});

const singles = (parts: LotPart[]): string[] =>
  parts.flatMap(({ lot_id, lot_from, lot_to }) =>
    Array.from({ length: Number(lot_to - lot_from) }, (_, i) => `${lot_id}${lot_from + BigInt(i)}`),
  );

const cutCases: [what: string, from: bigint, to: bigint, expected: LotPart[]][] = [
  ['nothing', 5n, 5n, []],
  ['inside one', 2n, 4n, [{ lot_id: 'a', lot_from: 12n, lot_to: 14n }]],
  [
    'over a border',
    8n,
    12n,
    [
      { lot_id: 'a', lot_from: 18n, lot_to: 20n },
      { lot_id: 'b', lot_from: 0n, lot_to: 2n },
    ],
  ],
  ['up to the end', 12n, 15n, [{ lot_id: 'b', lot_from: 2n, lot_to: 5n }]],
];
const cutLineOf: Segment[] = [
  { from_pos: 0n, to_pos: 10n, lot_id: 'a', lot_from: 10n },
  { from_pos: 10n, to_pos: 15n, lot_id: 'b', lot_from: 0n },
];
for (const [what, from, to, expected] of cutCases) {
  test(`cutting a line: ${what}`, () => assert.deepEqual(cutLine(cutLineOf, from, to), expected));
}

const part = (lot_id: string, lot_from: bigint, lot_to: bigint): LotPart => ({ lot_id, lot_from, lot_to });
const holeCases: [what: string, gone: LotPart[], left: LotPart[]][] = [
  ['nothing gone', [], [part('a', 0n, 10n)]],
  ['another lot', [part('b', 0n, 10n)], [part('a', 0n, 10n)]],
  ['its head', [part('a', 0n, 4n)], [part('a', 4n, 10n)]],
  ['its tail', [part('a', 7n, 20n)], [part('a', 0n, 7n)]],
  ['its middle', [part('a', 3n, 5n)], [part('a', 0n, 3n), part('a', 5n, 10n)]],
  ['all of it', [part('a', 0n, 10n)], []],
  ['two holes', [part('a', 1n, 2n), part('a', 8n, 9n)], [part('a', 0n, 1n), part('a', 2n, 8n), part('a', 9n, 10n)]],
];
for (const [what, gone, left] of holeCases) {
  test(`what is left of a part: ${what}`, () => assert.deepEqual(withoutParts([part('a', 0n, 10n)], gone), left));
}
