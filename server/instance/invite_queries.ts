/** All SQL of invitations. */
import type { Tx } from '../kernel/db.ts';

type Asks = Pick<Tx['client'], 'query'>;

export interface Invite {
  invite_id: string;
  code: string;
  label: string;
  most_uses: number;
  uses: number;
  expires_at: Date | null;
  revoked_at: Date | null;
  made_by: string;
  made_at: Date;
}

const INVITE = 'invite_id, code, label, most_uses, uses, expires_at, revoked_at, made_by, made_at';

export async function insertInvite(q: Asks, row: Omit<Invite, 'uses' | 'revoked_at'>): Promise<void> {
  await q.query(
    `insert into invites (invite_id, code, label, most_uses, expires_at, made_by, made_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [row.invite_id, row.code, row.label, row.most_uses, row.expires_at, row.made_by, row.made_at],
  );
}

/** The latest first. */
export async function listInvites(q: Asks, limit: number, after: [string, string] | null): Promise<Invite[]> {
  const { rows } = await q.query<Invite>(
    `select ${INVITE} from invites
     where $2::timestamptz is null or (made_at, invite_id) < ($2, $3::uuid)
     order by made_at desc, invite_id desc limit $1`,
    [limit, after?.[0] ?? null, after?.[1] ?? null],
  );
  return rows;
}

export async function findInvite(q: Asks, invite_id: string): Promise<Invite | null> {
  const { rows } = await q.query<Invite>(`select ${INVITE} from invites where invite_id = $1`, [invite_id]);
  return rows[0] ?? null;
}

export async function setRevoked(q: Asks, invite_id: string, at: Date): Promise<boolean> {
  const { rowCount } = await q.query('update invites set revoked_at = coalesce(revoked_at, $2) where invite_id = $1', [
    invite_id,
    at,
  ]);
  return rowCount === 1;
}

/** Takes one use; the row stays locked until the sign-up commits, so the last one is taken once. @returns its id */
export async function takeUse(tx: Tx, code: string, now: Date): Promise<string | null> {
  const { rows } = await tx.client.query<{ invite_id: string }>(
    `update invites set uses = uses + 1
     where code = $1 and uses < most_uses and revoked_at is null and (expires_at is null or expires_at > $2)
     returning invite_id`,
    [code, now],
  );
  return rows[0]?.invite_id ?? null;
}

export async function insertUse(tx: Tx, row: { person_id: string; invite_id: string; used_at: Date }): Promise<void> {
  await tx.client.query('insert into invite_uses (person_id, invite_id, used_at) values ($1, $2, $3)', [
    row.person_id,
    row.invite_id,
    row.used_at,
  ]);
}
