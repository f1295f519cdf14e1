import type pg from 'pg';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { mintId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { ShipTo } from './queries.ts';

export interface Address extends ShipTo {
  address_id: string;
  person_id: string;
  created_at: Date;
}

const MOST_ADDRESSES = 20;
const ADDRESS = 'address_id, person_id, name, street, postal_code, city, country, created_at';

/** Stores an address. Refuses `addresses_full`. */
export async function addAddress(tx: Tx, ctx: Context, person_id: string, to: ShipTo): Promise<Address> {
  const { rows } = await tx.client.query<{ stored: bigint }>(
    'select count(*) as stored from addresses where person_id = $1 and deleted_at is null',
    [person_id],
  );
  if (Number(rows[0]?.stored) >= MOST_ADDRESSES) throw new Refusal('addresses_full');
  const address: Address = { ...to, address_id: mintId(), person_id, created_at: ctx.clock.now() };
  await tx.client.query(`insert into addresses (${ADDRESS}) values ($1, $2, $3, $4, $5, $6, $7, $8)`, [
    address.address_id,
    person_id,
    to.name,
    to.street,
    to.postal_code,
    to.city,
    to.country,
    address.created_at,
  ]);
  return address;
}

/** The newest first: the one that is proposed. */
export async function listAddresses(ctx: Context, person_id: string): Promise<Address[]> {
  const { rows } = await ctx.db.pool.query<Address>(
    `select ${ADDRESS} from addresses where person_id = $1 and deleted_at is null
     order by created_at desc, address_id desc`,
    [person_id],
  );
  return rows;
}

export async function findAddresses(
  client: Pick<pg.PoolClient, 'query'>,
  ids: string[],
): Promise<Map<string, Address>> {
  const { rows } = await client.query<Address>({
    name: 'addresses_find',
    text: `select ${ADDRESS} from addresses where address_id = any($1::uuid[]) and deleted_at is null`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.address_id, row]));
}

/** Forgets an address; orders keep their own copy. Doing it twice does nothing. */
export async function deleteAddress(ctx: Context, person_id: string, address_id: string): Promise<void> {
  await ctx.db.pool.query(
    'update addresses set deleted_at = $3 where address_id = $1 and person_id = $2 and deleted_at is null',
    [address_id, person_id, ctx.clock.now()],
  );
}
