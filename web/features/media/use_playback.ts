import { type RefObject, useEffect, useRef, useState } from 'react';
import { api } from '../../api.ts';
import { type Playback, type PlaybackState, startPlayback } from './playback.ts';

const TICK_MS = 250;

/** Plays `url` in the element while the component stands; tells the media time of its picture four times a second. */
export function usePlayback(
  ref: RefObject<HTMLVideoElement | null>,
  { stream_id, url, live }: { stream_id: string; url: string | undefined; live: boolean },
  onMediaTime: ((at: Date) => void) | undefined,
): PlaybackState {
  const [state, setState] = useState<PlaybackState>('loading');
  const told = useRef(onMediaTime);
  told.current = onMediaTime;

  useEffect(() => {
    const video = ref.current;
    if (!video || !url) return;
    let playback: Playback | null = null;
    let gone = false;
    setState('loading');
    const isOver = async () => {
      const { data } = await api.GET('/api/media/streams/{stream_id}', { params: { path: { stream_id } } });
      return data?.state === 'ended';
    };
    void startPlayback(video, { url, live, isOver, onState: setState }).then((started) => {
      if (gone) started.stop();
      else playback = started;
    });
    const timer = setInterval(() => {
      const at = playback?.mediaTime();
      if (at) told.current?.(at);
    }, TICK_MS);
    return () => {
      gone = true;
      clearInterval(timer);
      playback?.stop();
    };
  }, [ref, stream_id, url, live]);

  return state;
}
