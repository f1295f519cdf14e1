/**
 * Labels: whether a video or a live is commercial, and in which words it must say so. Computed from what is on record
 * (a link, a sale, a deal), everywhere it is met; who posted it may add a relation and take none away.
 * Source: MISSION 46; the words are the market's.
 */
import * as z from 'zod';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { Refusal } from '../kernel/refusal.ts';
import { pack, RELATIONS, type Relation, type Surface, type Text } from '../markets/index.ts';
import * as queries from './label_queries.ts';
import type { Asks } from './queries.ts';

export type Labelled = 'video' | 'room';

export interface Label {
  relation: Relation;
  /** Both languages: readers switch in place. */
  word: Text;
}

export const labelShape = z.object({
  relation: z.enum(RELATIONS),
  word: z.object({ de: z.string(), en: z.string() }),
});

/** What a room below has on record of these things. */
export type RelationSource = (q: Asks, kind: Labelled, ids: string[]) => Promise<Map<string, Relation[]>>;
const sources = new WeakMap<Context, RelationSource[]>();

/** A port: a room below says which of its records make a thing commercial. */
export function addRelations(ctx: Context, source: RelationSource): void {
  sources.set(ctx, [...(sources.get(ctx) ?? []), source]);
}

/** Why each of these is commercial, the weightiest relation first; what is not commercial is absent. */
export async function relationsOf(
  ctx: Context,
  q: Asks,
  kind: Labelled,
  ids: string[],
): Promise<Map<string, Relation[]>> {
  const found = new Map<string, Set<Relation>>();
  if (ids.length === 0) return new Map();
  for (const source of [queries.addedRelations, ...(sources.get(ctx) ?? [])]) {
    for (const [id, relations] of await source(q, kind, ids)) {
      found.set(id, new Set([...(found.get(id) ?? []), ...relations]));
    }
  }
  return new Map(Array.from(found, ([id, known]) => [id, RELATIONS.filter((relation) => known.has(relation))]));
}

/** The words of these relations on a surface of a market. Two relations with one word say it once. PURE. */
export function wordsOf(relations: readonly Relation[], market: string, surface: Surface): Label[] {
  const { labels } = pack(market);
  const said = relations.map((relation) => {
    const { word, on } = labels.relations[relation];
    return { relation, word: on?.[surface] ?? word };
  });
  return said.filter(({ word }, at) => said.findIndex((other) => other.word.en === word.en) === at);
}

/** The labels of each of these things where it is met; every id has an entry. */
export async function labelsOf(
  ctx: Context,
  q: Asks,
  { kind, ids, market, surface }: { kind: Labelled; ids: string[]; market: string; surface: Surface },
): Promise<Map<string, Label[]>> {
  const relations = await relationsOf(ctx, q, kind, ids);
  return new Map(ids.map((id) => [id, wordsOf(relations.get(id) ?? [], market, surface)]));
}

/** Whose thing it is, or null where there is none. */
export type OwnerOf = (q: Asks, thing_id: string) => Promise<string | null>;
const owners = new WeakMap<Context, Map<Labelled, OwnerOf>>();

/** A port: the room that keeps a kind of thing says whose one is. */
export function defineLabelled(ctx: Context, kind: Labelled, ownerOf: OwnerOf): void {
  owners.set(ctx, new Map([...(owners.get(ctx) ?? []), [kind, ownerOf]]));
}

/**
 * Who posted something says more than the records do. There is no way back: a label that was true stays true.
 * Refuses `not_found` to everybody but its owner.
 */
export async function addLabel(
  ctx: Context,
  me: Principal,
  label: { kind: Labelled; thing_id: string; relation: Relation },
): Promise<void> {
  const owner = await owners.get(ctx)?.get(label.kind)?.(ctx.db.pool, label.thing_id);
  if (owner !== me.person_id) throw new Refusal('not_found');
  const added = { ...label, added_by: me.person_id, added_at: ctx.clock.now() };
  await inTx(ctx.db, (tx) => queries.insertLabel(tx, added));
}
