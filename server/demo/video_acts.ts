/** What the crowd does below the short videos: one deed each, through the routes that everybody uses. */
import type { Actor } from './actor.ts';
import { wirePerson } from './acts.ts';
import type { Post } from './posts.ts';

interface Seen {
  video_id: string;
  caption: string;
  counts: { comments: number };
}

/** As it stands on its creator's profile; undefined while it is not published. */
async function find(actor: Actor, creator: Actor, { caption }: Post): Promise<Seen | undefined> {
  const { items } = await actor.call<{ items: Seen[] }>('GET', `/videos/of/${wirePerson(creator)}?limit=100`);
  return items.find((video) => video.caption === caption);
}

/** A heart; again is no second one. */
export async function likeVideo(actor: Actor, creator: Actor, post: Post): Promise<void> {
  const video = await find(actor, creator, post);
  if (video) await actor.call('PUT', `/videos/${video.video_id}/like`);
}

/** The next of what is said below it, until all is said. */
export async function commentVideo(actor: Actor, creator: Actor, post: Post): Promise<void> {
  const video = await find(actor, creator, post);
  const text = video && post.said[video.counts.comments];
  if (text) await actor.call('POST', `/videos/${video.video_id}/comments`, { text });
}

export const follow = (actor: Actor, creator: Actor): Promise<unknown> =>
  actor.call('PUT', `/people/${wirePerson(creator)}/follow`);
