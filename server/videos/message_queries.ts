/** All SQL of videos about who is told. */
import type { Asks } from './queries.ts';

/** Whom the caption of a post names. */
export async function listMentioned(q: Asks, video_id: string): Promise<string[]> {
  const { rows } = await q.query<{ person_id: string }>('select person_id from video_mentions where video_id = $1', [
    video_id,
  ]);
  return rows.map(({ person_id }) => person_id);
}

/** Which of these people a published post is meant for. Blocks are the notices' own concern. */
export async function listSeers(q: Asks, video_id: string, person_ids: string[]): Promise<string[]> {
  const { rows } = await q.query<{ person_id: string }>(
    `select one.person_id from videos v cross join unnest($2::uuid[]) as one (person_id)
     where v.video_id = $1 and v.state = 'published' and v.deleted_at is null and v.hidden_at is null
       and (v.visibility = 'everyone' or v.visibility in ('followers', 'friends')
         and exists (select from follows f where f.follower_id = one.person_id and f.followee_id = v.person_id)
         and (v.visibility = 'followers' or exists (
           select from follows f where f.follower_id = v.person_id and f.followee_id = one.person_id)))`,
    [video_id, person_ids],
  );
  return rows.map(({ person_id }) => person_id);
}
