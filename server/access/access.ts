/**
 * Who may do what to whom: one decision for the whole house, over age, verified mail, suspension and blocks.
 * Rooms below add what only they know (a ban from a live room, a subscriber-only video) as a source.
 */
import { ageOn } from '../kernel/clock.ts';
import type { Context } from '../kernel/context.ts';
import { together } from '../kernel/db.ts';
import { defineRefusals, Refusal } from '../kernel/refusal.ts';
import { type AgedAction, type MarketCode, pack } from '../markets/index.ts';
import { blockedPairs } from '../people/index.ts';
import * as queries from './queries.ts';

export const accessRefusals = defineRefusals({
  birth_date_missing: [403, 'Say when you were born first'],
  email_unverified: [403, 'Confirm your e-mail address first'],
  receiver_refused: [403, 'This person cannot receive this'],
});

export const ACTIONS = [
  'chat',
  'follow',
  'report',
  'go_live',
  'buy',
  'top_up',
  'send_gifts',
  'receive_gifts',
  'sell',
  'earn',
  'message',
  'message_strangers',
  'hear_strangers',
] as const;
export type Action = (typeof ACTIONS)[number];

interface Rule {
  /** The age of the market's pack, where there is one. */
  age?: AgedAction;
  /** Money needs an address that receipts reach. */
  verified?: true;
  /** What the other person must be allowed for it. */
  other?: Action;
}

const RULES: Record<Action, Rule> = {
  chat: {},
  follow: {},
  report: {},
  go_live: { age: 'go_live' },
  // Goods may be bought by guests in any shop: a new buyer is not stopped halfway by a mail.
  buy: { age: 'buy' },
  top_up: { age: 'send_gifts', verified: true },
  send_gifts: { age: 'send_gifts', verified: true, other: 'receive_gifts' },
  receive_gifts: { age: 'receive_gifts' },
  sell: { age: 'sell', verified: true },
  earn: { age: 'earn' },
  message: {},
  // Who does not follow one is written to, and writes, from that age only.
  message_strangers: { age: 'message_strangers', other: 'hear_strangers' },
  hear_strangers: { age: 'message_strangers' },
};

/** Every code `may` can answer with: for the `refusals` of routes that ask it. */
export const MAY_REFUSALS = [
  'too_young',
  'birth_date_missing',
  'email_unverified',
  'blocked',
  'receiver_refused',
] as const;

export interface Ask {
  person_id: string;
  action: Action;
  /** The other person: whose room, whose profile, who receives. */
  with?: string;
  /** The thing itself, for sources: a room, a video. */
  thing_id?: string;
}

/** A refusal code of its own for each ask, or null where it has nothing against it. */
export type Source = (q: queries.Asks, asks: Ask[], now: Date) => Promise<(string | null)[]>;
const sources = new WeakMap<Context, Source[]>();

/** A port: a room below says what only it knows. */
export function addSource(ctx: Context, source: Source): void {
  sources.set(ctx, [...(sources.get(ctx) ?? []), source]);
}

/** @returns null, or the code of the refusal */
export async function may(
  ctx: Context,
  q: queries.Asks,
  person_id: string,
  action: Action,
  thing: Pick<Ask, 'with' | 'thing_id'> = {},
): Promise<string | null> {
  const [code] = await mayMany(ctx, q, [{ person_id, action, ...thing }]);
  return code ?? null;
}

/** Refuses where `may` has something against it. */
export async function mustBeAllowed(...asked: Parameters<typeof may>): Promise<void> {
  const code = await may(...asked);
  if (code !== null) throw new Refusal(code);
}

/** The same for a batch: two queries for any number of asks (and one for each source). */
export async function mayMany(ctx: Context, q: queries.Asks, asks: Ask[]): Promise<(string | null)[]> {
  const now = ctx.clock.now();
  const ids = new Set(asks.flatMap((ask) => (ask.with === undefined ? [ask.person_id] : [ask.person_id, ask.with])));
  const [people, blocked] = await together([queries.findStandings(q, [...ids]), blockedAsks(q, asks)]);
  const codes = asks.map((ask) => judge(ask, people, now) ?? (blocked.has(ask) ? 'blocked' : null));
  for (const source of sources.get(ctx) ?? []) {
    const said = await source(q, asks, now);
    said.forEach((code, i) => {
      codes[i] ??= code;
    });
  }
  return codes;
}

async function blockedAsks(q: queries.Asks, asks: Ask[]): Promise<Set<Ask>> {
  const paired = asks.filter((ask) => ask.with !== undefined && ask.with !== ask.person_id);
  const blocked = await blockedPairs(
    q,
    paired.map((ask) => [ask.person_id, ask.with as string]),
  );
  return new Set(paired.filter((_, i) => blocked[i]));
}

function judge(ask: Ask, people: Map<string, queries.Standing>, now: Date): string | null {
  const rule = RULES[ask.action];
  const own = judgeOne(people.get(ask.person_id), rule, now);
  if (own !== null || rule.other === undefined || ask.with === undefined) return own;
  // The other's age or standing is nobody's business: one code for all of it.
  return judgeOne(people.get(ask.with), RULES[rule.other], now) === null ? null : 'receiver_refused';
}

function judgeOne(person: queries.Standing | undefined, rule: Rule, now: Date): string | null {
  if (!person) return 'forbidden';
  if (person.suspended_until && person.suspended_until > now) return 'suspended';
  const { ages, zone } = pack(person.market as MarketCode);
  const min_age = rule.age ? ages[rule.age] : 0;
  if (min_age > 0 && person.born_on === null) return 'birth_date_missing';
  if (person.born_on !== null && ageOn(person.born_on, now, zone) < min_age) return 'too_young';
  return rule.verified && !person.email_verified ? 'email_unverified' : null;
}
