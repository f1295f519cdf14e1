/** New accounts, for who has to tell a crowd from a raid. */
import type { Asks } from './queries.ts';

export interface Newcomer {
  person_id: string;
  handle: string;
  name: string;
  avatar: string | null;
  created_at: Date;
  suspended_until: Date | null;
  /** Where the first session began; staff sees only whether it is the same as another's. */
  address: string | null;
}

/** Signed up since, the newest first, without staff. @param among only these people; null: all */
export async function listNewcomers(
  q: Asks,
  { since, among }: { since: Date; among: string[] | null },
  limit: number,
  after: [string, string] | null,
): Promise<Newcomer[]> {
  const { rows } = await q.query<Newcomer>(
    `select p.person_id, p.handle, p.name, p.avatar, p.created_at, p.suspended_until,
        (select s.ip_address from auth.sessions s
          where s.user_id = p.person_id order by s.created_at limit 1) as address
      from people p where p.created_at >= $1 and p.roles = '{}' and p.erased_at is null
        and ($2::uuid[] is null or p.person_id = any($2))
        and ($3::timestamptz is null or (p.created_at, p.person_id) < ($3, $4::uuid))
      order by p.created_at desc, p.person_id desc limit $5`,
    [since, among, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows;
}
