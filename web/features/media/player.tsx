import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useText } from '../../text.ts';
import { Button, cx, Icon, Spinner } from '../../ui/index.ts';
import type { PlaybackState } from './playback.ts';
import { Seek } from './seek.tsx';
import { usePlayback } from './use_playback.ts';

/** What the player needs of `GET /rooms/:id` → `stream`. */
export interface PlayedStream {
  stream_id: string;
  live_url: string;
  /** Parts of the replay, one after the other. */
  replay: { url: string; starts_at: string; duration_ms: number }[];
}

export interface PlayerProps {
  stream: PlayedStream;
  /** The running live, or its recording. */
  mode: 'live' | 'replay';
  /** Four times a second: media time of the picture on the screen. Pins and the replay's chat follow it. */
  onMediaTime?: (at: Date) => void;
  onState?: (state: PlaybackState) => void;
  /** Names the picture for who does not see it. */
  label: string;
  className?: string;
  /** Stands over the picture. */
  children?: ReactNode;
}

/** The picture of a room. Begins without sound, as browsers demand; one tap brings it. */
export function Player({ stream, mode, onMediaTime, onState, label, className, children }: PlayerProps) {
  const { t } = useText();
  const ref = useRef<HTMLVideoElement>(null);
  const [part, setPart] = useState(0);
  const [muted, setMuted] = useState(true);
  const replay = stream.replay[part];
  const url = mode === 'live' ? stream.live_url : replay?.url;
  const state = usePlayback(ref, { stream_id: stream.stream_id, url, live: mode === 'live' }, onMediaTime);
  const next = mode === 'replay' && part + 1 < stream.replay.length;
  useEffect(() => onState?.(state), [state, onState]);

  return (
    <div className={cx('relative isolate overflow-hidden bg-black', className)}>
      <video
        ref={ref}
        muted={muted}
        playsInline
        autoPlay
        aria-label={label}
        onVolumeChange={({ currentTarget }) => setMuted(currentTarget.muted)}
        onEnded={() => next && setPart(part + 1)}
        className="size-full object-cover"
      />
      {!(next && state === 'ended') && <Over state={state} />}
      {muted && state === 'playing' && (
        <span className="absolute top-[calc(8rem+var(--note,0px))] left-3 md:top-27 md:left-4">
          <Button tone="glass" size="sm" icon="volumeOff" onClick={() => setMuted(false)}>
            {t('media.sound_on')}
          </Button>
        </span>
      )}
      {mode === 'replay' && replay && <Seek video={ref} />}
      {children}
    </div>
  );
}

const SAYS = {
  waiting: 'media.waiting',
  ended: 'media.ended',
  unplayable: 'media.unplayable',
  failed: 'media.failed',
} as const;

/** What is the matter, where the picture is not simply playing. */
function Over({ state }: { state: PlaybackState }) {
  const { t } = useText();
  if (state === 'playing') return null;
  return (
    <div
      role="status"
      className="absolute inset-0 grid place-content-center justify-items-center gap-3 bg-black/40 p-8 text-center text-white"
    >
      {state === 'ended' ? <Icon name="live" className="size-8 opacity-70" /> : null}
      {state === 'loading' || state === 'buffering' || state === 'waiting' ? <Spinner className="size-8" /> : null}
      <p className={cx('max-w-72 text-balance', !(state in SAYS) && 'sr-only')}>
        {t(SAYS[state as keyof typeof SAYS] ?? 'media.loading')}
      </p>
    </div>
  );
}
