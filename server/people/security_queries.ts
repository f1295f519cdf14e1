/** SQL about how a person signs in: second factor, passkeys, another address. */
import type { Tx } from '../kernel/db.ts';
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

export interface EmailChange {
  person_id: string;
  email: string;
  token_hash: Buffer;
  expires_at: Date;
}

export async function putEmailChange(tx: Tx, row: EmailChange): Promise<void> {
  await tx.client.query(
    `insert into email_changes (person_id, email, token_hash, expires_at) values ($1, $2, $3, $4)
     on conflict (person_id) do update
     set email = excluded.email, token_hash = excluded.token_hash, expires_at = excluded.expires_at`,
    [row.person_id, row.email, row.token_hash, row.expires_at],
  );
}

/** Removes the wish with this token: it works once. */
export async function takeEmailChange(tx: Tx, token_hash: Buffer): Promise<EmailChange | null> {
  const { rows } = await tx.client.query<EmailChange>(
    'delete from email_changes where token_hash = $1 returning person_id, email, token_hash, expires_at',
    [token_hash],
  );
  return rows[0] ?? null;
}

export async function setEmail(tx: Tx, person_id: string, email: string, now: Date): Promise<void> {
  await tx.client.query('update auth.users set email = $2, email_verified = true, updated_at = $3 where id = $1', [
    person_id,
    email,
    now,
  ]);
}
