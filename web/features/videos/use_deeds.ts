/**
 * Likes, saves and the count of comments: shown at once, taken back when the server refuses, and the same wherever a
 * video stands.
 */
import type { paths } from '@souk/sdk/openapi';
import { useSyncExternalStore } from 'react';
import { api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { toast, useProblemText } from '../../ui/index.ts';

export type VideoView = paths['/api/videos/{video_id}']['get']['responses'][200]['content']['application/json'];

type Deed = 'like' | 'save';

/** What this page knows better than the answer that drew the video. */
interface Later {
  like?: boolean;
  save?: boolean;
  comments: number;
}

/** By the video itself: a fresh answer of the server starts afresh. */
let later = new WeakMap<VideoView['counts'], Later>();
const listeners = new Set<() => void>();
let version = 0;

function change(video: VideoView, by: (now: Later) => Later): void {
  later.set(video.counts, by(later.get(video.counts) ?? { comments: 0 }));
  version += 1;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** For tests: as if the page had just been opened. */
export function forgetDeeds(): void {
  later = new WeakMap();
}

/** Comments that were added (or taken away) on this page. */
export const addComments = (video: VideoView, by: number): void =>
  change(video, (now) => ({ ...now, comments: now.comments + by }));

export interface Deeds {
  liked: boolean;
  saved: boolean;
  counts: { likes: number; saves: number; comments: number; shares: number };
  /** Turns it over. Signed out, it asks to sign in and then completes. */
  toggle: (deed: Deed) => void;
  /** A double tap likes and never takes back. */
  like: () => void;
}

export function useDeeds(video: VideoView): Deeds {
  useSyncExternalStore(subscribe, () => version);
  const { act } = useSignedIn();
  const problemText = useProblemText();
  const known = later.get(video.counts);
  const was = { like: video.mine?.liked ?? false, save: video.mine?.saved ?? false };
  const is = { like: known?.like ?? was.like, save: known?.save ?? was.save };
  const moved = (deed: Deed): number => Number(is[deed]) - Number(was[deed]);

  const set = async (deed: Deed, wanted: boolean) => {
    change(video, (now) => ({ ...now, [deed]: wanted }));
    const params = { path: { video_id: video.video_id } };
    const answer = wanted
      ? await api.PUT(`/api/videos/{video_id}/${deed}`, { params })
      : await api.DELETE(`/api/videos/{video_id}/${deed}`, { params });
    if (!answer.error) return;
    change(video, (now) => ({ ...now, [deed]: !wanted }));
    toast({ title: problemText(answer.error), tone: 'bad' });
  };
  return {
    liked: is.like,
    saved: is.save,
    counts: {
      ...video.counts,
      likes: Math.max(0, video.counts.likes + moved('like')),
      saves: Math.max(0, video.counts.saves + moved('save')),
      comments: Math.max(0, video.counts.comments + (known?.comments ?? 0)),
    },
    toggle: (deed) => act(() => set(deed, !is[deed])),
    like: () => !is.like && act(() => set('like', true)),
  };
}
