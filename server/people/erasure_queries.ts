/** SQL of an erasure. */
import type { Tx } from '../kernel/db.ts';

/** Sign-in goes whole (sessions, password, passkeys with it); the profile becomes a tombstone; ties are undone. */
export async function erasePerson(tx: Tx, person_id: string, at: Date): Promise<void> {
  const { client } = tx;
  await client.query(
    `update people set following_count = following_count - 1
     where person_id in (select follower_id from follows where followee_id = $1)`,
    [person_id],
  );
  await client.query(
    `update people set follower_count = follower_count - 1
     where person_id in (select followee_id from follows where follower_id = $1)`,
    [person_id],
  );
  await client.query('delete from follows where follower_id = $1 or followee_id = $1', [person_id]);
  await client.query('delete from blocks where blocker_id = $1 or blocked_id = $1', [person_id]);
  await client.query('delete from follow_requests where requester_id = $1 or person_id = $1', [person_id]);
  await client.query('delete from mutes where muter_id = $1 or muted_id = $1', [person_id]);
  await client.query('delete from email_changes where person_id = $1', [person_id]);
  await client.query('delete from auth.users where id = $1', [person_id]);
  await client.query(
    `update people set handle = 'gone' || right(replace(person_id::text, '-', ''), 26), name = '–', bio = '',
       avatar = null, born_on = null, roles = '{}', follower_count = 0, following_count = 0, erased_at = $2
     where person_id = $1`,
    [person_id, at],
  );
}
