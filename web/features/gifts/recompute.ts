/**
 * PURE: computes a receipt again in the reader's own page, from the purchases, the positions and the share that it
 * names. Of a purchase's first x coins the net is ⌊net·x/coins⌋, the tax ⌊vat·x/coins⌋, the platform's part
 * ⌊net part·bps/10000⌋; a stretch is worth the difference of its two ends.
 */
import type { Receipt } from './data.ts';

export interface Recomputed {
  /** How many figures were computed, and which came out otherwise. */
  checked: number;
  wrong: string[];
}

type Part = Receipt['parts'][number];
type Split = Receipt['splits'][number];

const NAMES = ['creator', 'platform', 'vat', 'total'] as const;

function worthOf({ lot, lot_from, lot_to }: Part, bps: bigint): Record<(typeof NAMES)[number], bigint> {
  const coins = BigInt(lot.coins);
  const net = (x: bigint) => (BigInt(lot.net.amount) * x) / coins;
  const tax = (x: bigint) => (BigInt(lot.vat.amount) * x) / coins;
  const platformOf = (x: bigint) => (net(x) * bps) / 10_000n;
  const between = (of: (x: bigint) => bigint) => of(BigInt(lot_to)) - of(BigInt(lot_from));
  const [whole, vat, platform] = [between(net), between(tax), between(platformOf)];
  return { creator: whole - platform, platform, vat, total: whole + vat };
}

export function recompute(receipt: Receipt): Recomputed {
  const wrong: string[] = [];
  let checked = 0;
  const same = (name: string, said: string, computed: bigint) => {
    checked += 1;
    if (BigInt(said) !== computed) wrong.push(name);
  };
  const bps = BigInt(receipt.share.platform_bps);
  const sums = new Map<string, Record<(typeof NAMES)[number], bigint>>();
  let coins = 0n;
  for (const part of receipt.parts) {
    const worth = worthOf(part, bps);
    const { currency } = part.total;
    const sum = sums.get(currency) ?? { creator: 0n, platform: 0n, vat: 0n, total: 0n };
    for (const name of NAMES) {
      same(name, part[name].amount, worth[name]);
      sum[name] += worth[name];
    }
    sums.set(currency, sum);
    coins += BigInt(part.lot_to) - BigInt(part.lot_from);
  }
  same('coins', receipt.coins, coins);
  for (const split of receipt.splits) compareSplit(split, sums.get(split.total.currency), same);
  return { checked, wrong };
}

function compareSplit(
  split: Split,
  sum: Record<(typeof NAMES)[number], bigint> | undefined,
  same: (name: string, said: string, computed: bigint) => void,
): void {
  for (const name of NAMES) same(name, split[name].amount, sum?.[name] ?? 0n);
}
