/** What happens in a simulated house: a seed fixes the script, and a script can be written down and played again. */

/** Who does what, in numbers that the world reads as it needs them (the third lot, the second order …). */
export interface Step {
  deed: Deed;
  a: number;
  b: number;
  c: number;
}

/** Steps that happen at the same time; most stand alone. */
export type Script = Step[][];

/** How often each deed is chosen, out of their sum. */
const WEIGHTS = {
  buy: 5,
  gift: 8,
  settle: 3,
  return_gifts: 1,
  withdraw: 3,
  charge_back: 2,
  order: 6,
  advance_order: 5,
  expire: 1,
  repeat: 4,
  crash: 1,
} as const;

export type Deed = keyof typeof WEIGHTS;

const deck = Object.entries(WEIGHTS).flatMap(([deed, weight]) => Array<Deed>(weight).fill(deed as Deed));

/** mulberry32: small, fast, and the same everywhere. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const SINGLE_STEPS = 24;
const BURSTS = 6;
const RANGE = 1_000;

/** Steps one by one, then in bursts of two to five. Everybody buys coins first, so that there is something to do. */
export function scriptOf(seed: number, people: number): Script {
  const random = randomOf(seed);
  const step = (deed = deck[random(deck.length)] as Deed): Step => ({
    deed,
    a: random(RANGE),
    b: random(RANGE),
    c: random(RANGE),
  });
  const opening = Array.from({ length: people }, (_, a) => [{ deed: 'buy' as const, a, b: 0, c: random(RANGE) }]);
  const alone = Array.from({ length: SINGLE_STEPS }, () => [step()]);
  const bursts = Array.from({ length: BURSTS }, () => Array.from({ length: 2 + random(4) }, () => step()));
  return [...opening, ...alone, ...bursts];
}
