/**
 * Coins with provenance (docs/wallet.md): PURE arithmetic over lots and lines, no I/O.
 *
 * A purchase makes a lot of `coins` coins, numbered 0 … coins by the lot's own coordinate x. What a stretch of them is
 * worth is the difference of a floor at both ends, so however a lot is cut, its parts add up to it to the cent and none
 * is below zero. Rounding each gift by itself would be wrong by a factor of three: of a net 83 ct sent as 70 single
 * Roses the creator would get 70 times nothing.
 *
 * A person's line is the sequence of coins ever credited to them; the account's monotone counters are positions on it.
 * Unspent is [debits, credits).
 */
import { plant } from '../kernel/plant.ts';

/** What a lot was sold for: `coins` coins for net plus tax. */
export type LotValue = { coins: bigint; net_minor: bigint; vat_minor: bigint };

/** Lot coordinates [lot_from, lot_to). */
export type LotPart = { lot_id: string; lot_from: bigint; lot_to: bigint };

/** Line positions [from_pos, to_pos) hold the coins of a lot from `lot_from` on. */
export type Segment = { from_pos: bigint; to_pos: bigint; lot_id: string; lot_from: bigint };

/** Who gets what of a stretch of coins. `gross = vat + creator + platform`, each at least 0. */
export type Split = {
  gross_minor: bigint;
  vat_minor: bigint;
  net_minor: bigint;
  creator_minor: bigint;
  platform_minor: bigint;
};

/** N(x): the net value of a lot's first x coins. */
export const netAt = (lot: LotValue, x: bigint): bigint => (lot.net_minor * x) / lot.coins;

/** T(x): the tax on a lot's first x coins. */
export const vatAt = (lot: LotValue, x: bigint): bigint => (lot.vat_minor * x) / lot.coins;

/** P(x): the platform's part of a lot's first x coins, taken of N(x) and never of the unrounded value. */
export const platformAt = (lot: LotValue, x: bigint, platform_bps: number): bigint =>
  (netAt(lot, x) * BigInt(platform_bps)) / 10_000n;

export function splitOf(lot: LotValue, part: { lot_from: bigint; lot_to: bigint }, platform_bps: number): Split {
  const { lot_from, lot_to } = part;
  const net_minor = plant('wallet.rounds_parts')
    ? netAt(lot, lot_to - lot_from)
    : netAt(lot, lot_to) - netAt(lot, lot_from);
  const vat_minor = vatAt(lot, lot_to) - vatAt(lot, lot_from);
  const platform_minor = platformAt(lot, lot_to, platform_bps) - platformAt(lot, lot_from, platform_bps);
  return {
    gross_minor: net_minor + vat_minor,
    vat_minor,
    net_minor,
    creator_minor: net_minor - platform_minor,
    platform_minor,
  };
}

export const coinsOf = (parts: readonly { lot_from: bigint; lot_to: bigint }[]): bigint =>
  parts.reduce((sum, part) => sum + part.lot_to - part.lot_from, 0n);

/** Which lots lie at the positions [from, to) of a line. Every credited position has one. */
export function cutLine(segments: readonly Segment[], from: bigint, to: bigint): LotPart[] {
  const max = (a: bigint, b: bigint) => (a > b ? a : b);
  const min = (a: bigint, b: bigint) => (a < b ? a : b);
  return segments
    .filter((segment) => max(from, segment.from_pos) < min(to, segment.to_pos))
    .toSorted((a, b) => (a.from_pos < b.from_pos ? -1 : 1))
    .map((segment) => ({
      lot_id: segment.lot_id,
      lot_from: segment.lot_from + max(from, segment.from_pos) - segment.from_pos,
      lot_to: segment.lot_from + min(to, segment.to_pos) - segment.from_pos,
    }));
}

/** The segments that `parts` become when they are credited, in order, from position `at` on. */
export function layOut(parts: readonly LotPart[], at: bigint): Segment[] {
  let from_pos = at;
  return parts.map(({ lot_id, lot_from, lot_to }) => {
    const segment = { from_pos, to_pos: from_pos + lot_to - lot_from, lot_id, lot_from };
    from_pos = segment.to_pos;
    return segment;
  });
}

/** Parts without the stretches in `gone`; what was charged back by (lot, interval) is not sent, returned or settled again. */
export function withoutParts(parts: readonly LotPart[], gone: readonly LotPart[]): LotPart[] {
  return parts.flatMap((part) => gone.filter((hole) => hole.lot_id === part.lot_id).reduce(punch, [part]));
}

function punch(parts: LotPart[], hole: LotPart): LotPart[] {
  return parts.flatMap((part) => {
    if (hole.lot_to <= part.lot_from || hole.lot_from >= part.lot_to) return [part];
    const before = { ...part, lot_to: hole.lot_from };
    const after = { ...part, lot_from: hole.lot_to };
    return [before, after].filter((left) => left.lot_from < left.lot_to);
  });
}
