import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../text.ts';
import { Icon, Spinner } from '../../ui/index.ts';
import { startPlayback } from '../media/playback.ts';
import { findGuide } from './data.ts';
import { type Guide, loadGuide } from './guide.ts';
import type { Recorder } from './use_recorder.ts';

export interface FoundGuide {
  kind: 'none' | 'sound' | 'duet';
  state: 'none' | 'loading' | 'ready' | 'refused';
  title: string | null;
  guide: Guide | null;
  playlist_url: string;
  sound_id: string | null;
  duet_of: string | null;
}

const NONE: FoundGuide = {
  kind: 'none',
  state: 'none',
  title: null,
  guide: null,
  playlist_url: '',
  sound_id: null,
  duet_of: null,
};

/** The sound or the video that the address asks to film with. */
export function useGuide(): FoundGuide {
  const { sound, duet } = useSearch({ strict: false }) as { sound?: string; duet?: string };
  const [found, setFound] = useState<FoundGuide>(NONE);
  useEffect(() => {
    if (!sound && !duet) return setFound(NONE);
    const asked: FoundGuide = { ...NONE, kind: duet ? 'duet' : 'sound', state: 'loading' };
    let gone = false;
    const tell = (next: FoundGuide) => gone || setFound(next);
    setFound(asked);
    const load = async () => {
      const { title, playlist_url, sound_id } = await findGuide(sound ?? null, duet ?? null);
      const guide = await loadGuide(playlist_url);
      if (!guide) throw new Error('no sound');
      tell({ ...asked, state: 'ready', title, guide, playlist_url, sound_id, duet_of: duet ?? null });
    };
    load().catch(() => tell({ ...asked, state: 'refused' }));
    return () => {
      gone = true;
    };
  }, [sound, duet]);
  return found;
}

/** What is heard while filming, in the camera's head. */
export function GuideChip({ found }: { found: FoundGuide }) {
  const { t } = useText();
  if (found.state === 'none') return <span />;
  return (
    <p
      role="status"
      className="flex min-h-9 min-w-0 items-center gap-2 rounded-full bg-black/45 px-3.5 font-semibold text-sm backdrop-blur-md"
    >
      {found.state === 'loading' ? <Spinner className="size-4" /> : <Icon name="volume" className="size-4" />}
      <span className="truncate">{found.title ?? t('posting.sound_loading')}</span>
    </p>
  );
}

/** The original beside the camera: it runs while one films, from where the film stands. */
export function DuetSide({ playlist_url, recorder }: { playlist_url: string; recorder: Recorder }) {
  const { t } = useText();
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = ref.current;
    if (!video || !playlist_url) return;
    const options = { url: playlist_url, live: false, isOver: async () => true, onState: () => {} };
    const playing = startPlayback(video, options);
    void playing.then(() => video.pause());
    return () => void playing.then(({ stop }) => stop());
  }, [playlist_url]);
  const { state, speed } = recorder;
  const begins_at = useRef(0);
  begins_at.current = state === 'filming' ? begins_at.current : recorder.length_s;
  useEffect(() => {
    const video = ref.current;
    if (!video) return;
    video.playbackRate = 1 / speed;
    if (state === 'filming') void video.play().catch(() => undefined);
    else {
      video.pause();
      video.currentTime = begins_at.current;
    }
  }, [state, speed]);
  return (
    <video
      ref={ref}
      muted
      playsInline
      aria-label={t('posting.duet_original')}
      className="aspect-[9/16] min-w-0 flex-1 object-cover"
    />
  );
}
