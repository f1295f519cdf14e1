/** SQL about how a person signs in: second factor, passkeys, another address. */
import type { Asks } from './queries.ts';

export interface Passkey {
  passkey_id: string;
  name: string | null;
  created_at: Date;
}

export async function findSecurity(
  on: Asks,
  person_id: string,
): Promise<{ second_factor: boolean; passkeys: Passkey[] }> {
  const [users, passkeys] = await Promise.all([
    on.query<{ on: boolean }>('select two_factor_enabled as on from auth.users where id = $1', [person_id]),
    on.query<Passkey>(
      'select id as passkey_id, name, created_at from auth.passkeys where user_id = $1 order by created_at',
      [person_id],
    ),
  ]);
  return { second_factor: users.rows[0]?.on ?? false, passkeys: passkeys.rows };
}

/** @returns whether it was there */
export async function deletePasskey(on: Asks, person_id: string, passkey_id: string): Promise<boolean> {
  const { rowCount } = await on.query('delete from auth.passkeys where id = $1 and user_id = $2', [
    passkey_id,
    person_id,
  ]);
  return rowCount === 1;
}
