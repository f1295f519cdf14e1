/** Who may see what, and what they see: one decision and one shape for every surface. */
import { labelsOf } from '../access/index.ts';
import type { Context, Principal } from '../kernel/context.ts';
import { toWire } from '../kernel/ids.ts';
import { HOME_MARKET, type Surface } from '../markets/index.ts';
import { findUploads, guardPackages, packageUrl } from '../media/index.ts';
import { cardOf, findPeople, type PersonCard } from '../people/index.ts';
import { ownDeeds } from './like_queries.ts';
import type { Asks } from './queries.ts';
import * as queries from './seeing_queries.ts';
import type { OwnVideo, VideoView } from './shapes.ts';

export const viewerOf = (viewer: Principal | null): queries.Viewer => ({
  person_id: viewer?.person_id ?? null,
  judges: viewer?.roles.some((role) => role === 'moderator' || role === 'operator') ?? false,
});

/**
 * Which of these posts the viewer may see: published, not taken down, within its visibility (a private profile is for
 * followers), no block either way, the owner still here. Owners see their own in every state once packaged; moderators
 * see what is published or taken down.
 */
export const maySeeVideos = (
  _ctx: Context,
  q: Asks,
  viewer: Principal | null,
  video_ids: string[],
): Promise<Set<string>> =>
  video_ids.length === 0 ? Promise.resolve(new Set()) : queries.filterSeen(q, viewerOf(viewer), video_ids);

export async function maySeeVideo(ctx: Context, q: Asks, viewer: Principal | null, video_id: string): Promise<boolean> {
  return (await maySeeVideos(ctx, q, viewer, [video_id])).has(video_id);
}

/** The bytes of what not everybody may see obey the same decision. */
export function guardBytes(ctx: Context): void {
  guardPackages(ctx, async (package_id, viewer) => {
    const video_id = await queries.findVideoIdOfPackage(ctx.db.pool, package_id);
    return video_id !== null && maySeeVideo(ctx, ctx.db.pool, viewer, video_id);
  });
}

/**
 * These posts as the viewer sees them, by id; what they may not see is absent.
 * @param surface where they are met: each has the words of its labels
 */
export async function viewVideos(
  ctx: Context,
  q: Asks,
  video_ids: string[],
  viewer: Principal | null,
  surface: Surface = 'api',
): Promise<Map<string, VideoView>> {
  const seen = await maySeeVideos(ctx, q, viewer, video_ids);
  const views = await drawAll(ctx, q, [...seen], viewer, surface);
  return new Map([...views].flatMap(([id, { view }]) => (isWhole(view) ? [[id, view]] : [])));
}

const isWhole = (view: Drawn): view is VideoView => view.playlist_url !== null;

type Drawn = Pick<OwnVideo, keyof VideoView>;

/** Posts of the viewer's own, in whatever state. */
export async function viewOwn(
  ctx: Context,
  q: Asks,
  video_ids: string[],
  me: Principal,
): Promise<Map<string, OwnVideo>> {
  const views = await drawAll(ctx, q, video_ids, me);
  const rows = [...views.values()].map(({ row }) => row);
  const found = await findUploads(
    q,
    rows.map(({ upload_id }) => upload_id),
  );
  const uploads = new Map(found.map((upload) => [upload.upload_id, upload]));
  return new Map(
    [...views].flatMap(([id, { row, view }]) => {
      const upload = uploads.get(row.upload_id);
      if (!upload) return [];
      const { upload_id, state, refusal, file_name } = upload;
      const { created_at, publish_at, hidden_at } = row;
      return [[id, { ...view, upload: { upload_id, state, refusal, file_name }, created_at, publish_at, hidden_at }]];
    }),
  );
}

async function drawAll(
  ctx: Context,
  q: Asks,
  video_ids: string[],
  viewer: Principal | null,
  surface: Surface = 'api',
): Promise<Map<string, { row: queries.ShownVideo; view: Drawn }>> {
  if (video_ids.length === 0) return new Map();
  const rows = await queries.listShown(q, video_ids);
  const named = rows.flatMap((row) => [row.person_id, row.sound_owner_id ?? [], row.duet_person_id ?? []].flat());
  const people = new Map((await findPeople(q, [...new Set(named)])).map((one) => [one.person_id, cardOf(one)]));
  const market = viewer?.market ?? HOME_MARKET;
  const labels = await labelsOf(ctx, q, { kind: 'video', ids: video_ids, market, surface });
  const own = viewer ? await ownDeeds(q, viewer.person_id, video_ids) : null;
  const originals = await maySeeVideos(ctx, q, viewer, [...new Set(rows.flatMap((row) => row.duet_of ?? []))]);
  return new Map(
    rows.flatMap((row) => {
      const person = people.get(row.person_id);
      if (!person) return [];
      const { duet_of } = row;
      const shown = duet_of !== null && originals.has(duet_of) ? duet_of : null;
      const named = { labels: labels.get(row.video_id) ?? [], mine: own?.get(row.video_id) ?? null };
      return [[row.video_id, { row, view: { ...draw(row, person), ...creditsOf(row, people, shown), ...named } }]];
    }),
  );
}

function draw(row: queries.ShownVideo, person: PersonCard): Omit<Drawn, 'sound' | 'duet_of' | 'labels' | 'mine'> {
  const { video_id, state, caption, language, visibility, who_comments, may_duet, is_demo, package_id } = row;
  const { duration_ms, width, height, has_sound, tags, published_at, views, likes, comments, shares, saves } = row;
  const id = toWire('video', video_id);
  return {
    ...{ video_id, person, state, caption, language, visibility, who_comments, may_duet, is_demo },
    ...{ duration_ms, width, height, has_sound, tags, published_at },
    cover_url: row.cover === null ? null : `/media/covers/${id}/${row.cover}`,
    playlist_url: package_id === null ? null : packageUrl(package_id),
    captions: row.caption_languages.map((code) => ({ language: code, url: `/api/videos/${id}/captions/${code}` })),
    counts: { views: Number(views), likes, comments, shares, saves },
  };
}

/** Whose sound it is, and beside what it was recorded. */
function creditsOf(
  row: queries.ShownVideo,
  people: Map<string, PersonCard>,
  duet_of: string | null,
): Pick<Drawn, 'sound' | 'duet_of'> {
  const { sound_id, sound_title, sound_owner_id, duet_person_id } = row;
  const owner = sound_owner_id === null ? undefined : people.get(sound_owner_id);
  const person = duet_person_id === null ? undefined : people.get(duet_person_id);
  return {
    sound: sound_id !== null && sound_title !== null && owner ? { sound_id, title: sound_title, owner } : null,
    duet_of: duet_of !== null && person ? { video_id: duet_of, person } : null,
  };
}
