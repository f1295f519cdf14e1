/** All SQL of labels that creators added themselves. */
import type { Tx } from '../kernel/db.ts';
import type { Relation } from '../markets/index.ts';
import type { Labelled } from './labels.ts';
import type { Asks } from './queries.ts';

export async function addedRelations(q: Asks, kind: Labelled, ids: string[]): Promise<Map<string, Relation[]>> {
  const { rows } = await q.query<{ thing_id: string; relations: Relation[] }>({
    name: 'access_added_relations',
    text: `select thing_id, array_agg(relation) as relations from added_labels
      where kind = $1 and thing_id = any($2::uuid[]) group by thing_id`,
    values: [kind, ids],
  });
  return new Map(rows.map((row) => [row.thing_id, row.relations]));
}

export interface AddedLabel {
  kind: Labelled;
  thing_id: string;
  relation: Relation;
  added_by: string;
  added_at: Date;
}

/** Adding twice is adding once. */
export async function insertLabel(tx: Tx, label: AddedLabel): Promise<void> {
  await tx.client.query(
    `insert into added_labels (kind, thing_id, relation, added_by, added_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [label.kind, label.thing_id, label.relation, label.added_by, label.added_at],
  );
}
