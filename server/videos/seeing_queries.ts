/** All SQL that decides or obeys who may see a post. */
import type { Asks, Video } from './queries.ts';

/** Who looks: a person or nobody; whether they judge (moderators see what was taken down). */
export interface Viewer {
  person_id: string | null;
  judges: boolean;
}

const FOLLOWS = 'exists (select from follows f where f.follower_id = $1 and f.followee_id = v.person_id)';
const FOLLOWED = 'exists (select from follows f where f.follower_id = v.person_id and f.followee_id = $1)';
const BLOCKED = `exists (select from blocks b where (b.blocker_id = v.person_id and b.blocked_id = $1)
  or (b.blocker_id = $1 and b.blocked_id = v.person_id))`;

/**
 * The one decision (`videos v join people p`), with the viewer as $1 and whether they judge as $2. Every surface obeys
 * it: page, playlist, segment, cover, comment, search, embed, API.
 */
export const SEEN = `(v.deleted_at is null and v.package_id is not null and p.erased_at is null
  and (v.person_id = $1::uuid or (v.state = 'published' and ($2::boolean or (v.hidden_at is null
    and ((v.visibility = 'everyone' and not p.is_private) or (v.visibility in ('everyone', 'followers') and ${FOLLOWS})
      or (v.visibility = 'friends' and ${FOLLOWS} and ${FOLLOWED}))
    and not ${BLOCKED})))))`;

/** Which of these a viewer may see. Hot: asked for every page of the feed and every byte that is protected. */
export async function filterSeen(q: Asks, { person_id, judges }: Viewer, video_ids: string[]): Promise<Set<string>> {
  const { rows } = await q.query<{ video_id: string }>({
    name: 'videos_filter_seen',
    text: `select v.video_id from videos v join people p on p.person_id = v.person_id
      where v.video_id = any($3::uuid[]) and ${SEEN}`,
    values: [person_id, judges, video_ids],
  });
  return new Set(rows.map(({ video_id }) => video_id));
}

/** The post that a package belongs to. */
export async function findVideoIdOfPackage(q: Asks, package_id: string): Promise<string | null> {
  const { rows } = await q.query<{ video_id: string }>({
    name: 'videos_of_package',
    text: 'select video_id from videos where package_id = $1',
    values: [package_id],
  });
  return rows[0]?.video_id ?? null;
}

export interface ShownVideo extends Video {
  tags: string[];
  caption_languages: string[];
  sound_title: string | null;
  sound_owner_id: string | null;
  duet_person_id: string | null;
  views: bigint;
  likes: number;
  comments: number;
  shares: number;
  saves: number;
}

/** Everything of these posts that a card or page shows. */
export async function listShown(q: Asks, video_ids: string[]): Promise<ShownVideo[]> {
  const { rows } = await q.query<ShownVideo>({
    name: 'videos_list_shown',
    text: `select v.*, c.views, c.likes, c.comments, c.shares, c.saves,
        s.title as sound_title, s.owner_id as sound_owner_id, d.person_id as duet_person_id,
        array(select t.tag from video_tags t where t.video_id = v.video_id order by t.tag) as tags,
        array(select t.language from video_captions t where t.video_id = v.video_id order by t.language)
          as caption_languages
      from videos v join video_counts c using (video_id) left join sounds s on s.sound_id = v.sound_id
        left join videos d on d.video_id = v.duet_of
      where v.video_id = any($1::uuid[])`,
    values: [video_ids],
  });
  return rows;
}

export interface Place {
  at: string;
  video_id: string;
}

/** What a person has published and the viewer may see, latest first. */
export async function listOfPerson(
  q: Asks,
  viewer: Viewer,
  person_id: string,
  limit: number,
  after: Place | null,
): Promise<{ video_id: string; published_at: Date }[]> {
  const { rows } = await q.query<{ video_id: string; published_at: Date }>(
    `select v.video_id, v.published_at from videos v join people p on p.person_id = v.person_id
     where v.person_id = $3 and v.state = 'published' and v.hidden_at is null and ${SEEN}
       and ($4::timestamptz is null or (v.published_at, v.video_id) < ($4, $5::uuid))
     order by v.published_at desc, v.video_id desc limit $6`,
    [viewer.person_id, viewer.judges, person_id, after?.at ?? null, after?.video_id ?? null, limit],
  );
  return rows;
}

/** A person's own posts in a state, newest first. */
export async function listMine(
  q: Asks,
  person_id: string,
  state: Video['state'] | null,
  limit: number,
  after: Place | null,
): Promise<{ video_id: string; created_at: Date }[]> {
  const { rows } = await q.query<{ video_id: string; created_at: Date }>(
    `select video_id, created_at from videos
     where person_id = $1 and deleted_at is null and ($2::text is null or state = $2)
       and ($3::timestamptz is null or (created_at, video_id) < ($3, $4::uuid))
     order by created_at desc, video_id desc limit $5`,
    [person_id, state, after?.at ?? null, after?.video_id ?? null, limit],
  );
  return rows;
}
