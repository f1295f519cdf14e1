/** Port: who the owners of accounts are. The book knows only their ids; the rooms that made them say their names. */
import type { Context } from '../kernel/context.ts';

export interface OwnerName {
  name: string;
  /** Where in the web app they stand; null where nowhere. */
  path: string | null;
}

type Names = (ctx: Context, owner_ids: string[]) => Promise<Map<string, OwnerName>>;

const sources = new Set<Names>();

/** Once for each room whose things own accounts. It leaves out the ids it does not know. */
export function nameOwners(names: Names): void {
  sources.add(names);
}

/** The names of those that a room knows, by id. */
export async function namesOf(ctx: Context, owner_ids: (string | null)[]): Promise<Map<string, OwnerName>> {
  const ids = [...new Set(owner_ids)].filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const found = await Promise.all([...sources].map((names) => names(ctx, ids)));
  return new Map(found.flatMap((map) => [...map]));
}
