import type pg from 'pg';
import type { Tx } from '../kernel/db.ts';
import type { ShipTo } from './queries.ts';

export interface Address extends ShipTo {
  address_id: string;
  person_id: string;
  created_at: Date;
}

type Asks = Pick<pg.Pool | pg.PoolClient, 'query'>;
const ADDRESS = 'address_id, person_id, name, street, postal_code, city, country, created_at';

export async function insertAddress(tx: Tx, row: Address): Promise<void> {
  await tx.client.query(`insert into addresses (${ADDRESS}) values ($1, $2, $3, $4, $5, $6, $7, $8)`, [
    row.address_id,
    row.person_id,
    row.name,
    row.street,
    row.postal_code,
    row.city,
    row.country,
    row.created_at,
  ]);
}

/** A person's addresses, the newest first: the one that is proposed. */
export async function listAddresses(client: Asks, person_id: string): Promise<Address[]> {
  const { rows } = await client.query<Address>(
    `select ${ADDRESS} from addresses where person_id = $1 and deleted_at is null
     order by created_at desc, address_id desc`,
    [person_id],
  );
  return rows;
}

export async function findAddresses(client: Asks, ids: string[]): Promise<Map<string, Address>> {
  const { rows } = await client.query<Address>({
    name: 'addresses_find',
    text: `select ${ADDRESS} from addresses where address_id = any($1::uuid[]) and deleted_at is null`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.address_id, row]));
}

/** Orders keep their own copy. */
export async function markAddressDeleted(client: Asks, person_id: string, address_id: string, at: Date): Promise<void> {
  await client.query(
    'update addresses set deleted_at = $3 where address_id = $1 and person_id = $2 and deleted_at is null',
    [address_id, person_id, at],
  );
}

/** Orders keep their own copy of where they went: a receipt must stay whole. */
export async function forgetAddresses(tx: Tx, person_id: string): Promise<void> {
  await tx.client.query('delete from addresses where person_id = $1', [person_id]);
}

/** Orders that are not over: bought by this person, or sold by a shop of theirs. */
export async function findOpenBusiness(tx: Tx, person_id: string): Promise<('purchases' | 'sales')[]> {
  const { rows } = await tx.client.query<{ purchases: boolean; sales: boolean }>(
    `select exists (select from orders where buyer_id = $1 and state = any($2::text[])) as purchases,
       exists (select from orders o join merchants m using (merchant_id)
               where m.owner_id = $1 and o.state = any($2::text[])) as sales`,
    [person_id, ['unpaid', 'paid', 'shipped']],
  );
  const { purchases = false, sales = false } = rows[0] ?? {};
  return [...(purchases ? (['purchases'] as const) : []), ...(sales ? (['sales'] as const) : [])];
}
