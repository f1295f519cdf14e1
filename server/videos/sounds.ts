/** Sounds and duets: what of others one may film with, and what becomes of one's own audio. */
import type { Context, Principal } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { mintId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { findPeople } from '../people/index.ts';
import { type Asks, findVideo, type Video } from './queries.ts';
import './refusals.ts';
import { maySeeVideo } from './seeing.ts';
import * as queries from './sound_queries.ts';

const TITLE_LENGTH = 100;

export interface Borrowed {
  sound_id: string | null;
  duet_of: string | null;
}

type Maker = Pick<Principal, 'person_id'>;

/**
 * Whether a person may film with these: a sound until its owner withdraws it, a duet while its owner allows it; of
 * others only what everybody may see, and nothing across a block. One’s own is always free.
 * Refuses `not_found`, `sound_withdrawn`, `duet_not_allowed`.
 */
export async function judgeBorrowed(
  ctx: Context,
  q: Asks,
  me: Maker | null,
  { sound_id, duet_of }: Borrowed,
): Promise<void> {
  if (sound_id) {
    const sound = await queries.findSound(q, sound_id);
    if (!sound) throw new Refusal('not_found');
    if (sound.owner_id !== me?.person_id) {
      if (!(await isThere(ctx, q, me, sound.video_id))) throw new Refusal('not_found');
      if (sound.withdrawn_at || !(await isOpen(ctx, q, sound.video_id))) throw new Refusal('sound_withdrawn');
    }
  }
  if (duet_of) {
    const original = await findVideo(q, duet_of);
    if (!original || !(await isThere(ctx, q, me, duet_of))) throw new Refusal('not_found');
    if (original.person_id === me?.person_id) return;
    if (!original.may_duet || !(await isOpen(ctx, q, duet_of))) throw new Refusal('duet_not_allowed');
  }
}

/** Whoever films, films as anybody does: a moderator too. */
const asViewer = (me: Maker | null) =>
  me ? ({ person_id: me.person_id, roles: [] as string[] } as unknown as Principal) : null;
const isThere = (ctx: Context, q: Asks, me: Maker | null, video_id: string) =>
  maySeeVideo(ctx, q, asViewer(me), video_id);
/** What only some may see is not carried out to all by using it. */
const isOpen = (ctx: Context, q: Asks, video_id: string) => maySeeVideo(ctx, q, null, video_id);

/** PURE: what a sound is called at first: what its video says, without tags and names; else its owner. */
export function titleOf(caption: string, owner: string): string {
  const words = (caption.split('\n')[0] ?? '')
    .split(/\s+/)
    .filter((word) => word && !/^[#@]/.test(word))
    .join(' ');
  return [...new Intl.Segmenter().segment(words || owner)]
    .map(({ segment }) => segment)
    .reduce((title, one) => (title.length + one.length > TITLE_LENGTH ? title : title + one), '');
}

/** A published video is heard with the sound that it uses; else its own audio becomes one. */
export async function keepSound(tx: Tx, video: Video, now: Date): Promise<void> {
  if (!video.has_sound || video.sound_id) return;
  const [owner] = await findPeople(tx.client, [video.person_id]);
  const title = titleOf(video.caption, owner?.name ?? '') || '–';
  const { video_id, person_id } = video;
  await queries.insertSound(tx, { sound_id: mintId(), video_id, owner_id: person_id, title, created_at: now });
}

async function ownSound(q: Asks, me: Maker, sound_id: string): Promise<queries.Sound> {
  const sound = await queries.findSound(q, sound_id);
  if (sound?.owner_id !== me.person_id) throw new Refusal('not_found');
  return sound;
}

/** Refuses `not_found` to everybody but its owner. */
export async function renameSound(tx: Tx, me: Maker, sound_id: string, title: string): Promise<void> {
  await ownSound(tx.client, me, sound_id);
  await queries.setTitle(tx, sound_id, title);
}

/** Others may film with it from now on, or no more; what exists stays as it is. Refuses `not_found`. */
export async function permitSound(ctx: Context, tx: Tx, me: Maker, sound_id: string, allowed: boolean): Promise<void> {
  await ownSound(tx.client, me, sound_id);
  await queries.setWithdrawn(tx, sound_id, allowed ? null : ctx.clock.now());
}
