import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { mintId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { type Address, insertAddress, listAddresses } from './address_queries.ts';
import type { ShipTo } from './queries.ts';

const MOST_ADDRESSES = 20;

/** Stores an address. Refuses `addresses_full`. */
export async function addAddress(tx: Tx, ctx: Context, person_id: string, to: ShipTo): Promise<Address> {
  if ((await listAddresses(tx.client, person_id)).length >= MOST_ADDRESSES) throw new Refusal('addresses_full');
  const address: Address = { ...to, address_id: mintId(), person_id, created_at: ctx.clock.now() };
  await insertAddress(tx, address);
  return address;
}
