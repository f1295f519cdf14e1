import type { Context } from '../kernel/context.ts';
import type { OwnerName } from '../ledger/index.ts';
import { findPeople } from './queries.ts';

/** For the book: whose accounts these are, as far as they are people's. */
export async function ownerNames(ctx: Context, ids: string[]): Promise<Map<string, OwnerName>> {
  const people = await findPeople(ctx.db.pool, ids);
  return new Map(people.map(({ person_id, name, handle }) => [person_id, { name, path: `/@${handle}` }]));
}
