import { type RefObject, useEffect, useRef, useState } from 'react';
import { useText } from '../../text.ts';
import { cx, Icon, Spinner } from '../../ui/index.ts';
import type { VideoView } from './data.ts';
import { playShort, type ShortPlayback } from './short_playback.ts';
import { useViewing } from './viewing.ts';
import { followWatching } from './watch_reports.ts';

interface VideoPlayerProps {
  video: VideoView;
  /** Watched now; otherwise it waits with its first seconds. */
  active: boolean;
  paused: boolean;
  onTime(seconds: number, duration: number): void;
  /** The browser allows no sound before one touched the page. */
  onSilenced(): void;
}

type Trouble = 'unplayable' | 'gone' | 'network' | null;

/** One short video, looping. Alive only near the one that is watched. */
export function VideoPlayer({ video, active, paused, onTime, onSilenced }: VideoPlayerProps) {
  const { t } = useText();
  const ref = useRef<HTMLVideoElement>(null);
  const viewing = useViewing();
  const [trouble, setTrouble] = useState<Trouble>(null);
  const [waits, setWaits] = useState(false);
  const [moving, setMoving] = useState(false);
  usePlaying(ref, video.playlist_url, { active, saver: viewing.saver, onTrouble: setTrouble });
  useRunning(ref, { active, paused, sound: viewing.sound, onSilenced });

  useEffect(() => {
    const element = ref.current;
    if (!active || !element) return;
    return followWatching(element, video.video_id);
  }, [active, video.video_id]);

  const wide = video.width > video.height * 0.8;
  return (
    <div className="absolute inset-0 overflow-hidden bg-black">
      {video.cover_url && (
        <img
          src={video.cover_url}
          alt=""
          className={cx('absolute inset-0 size-full object-cover', wide && 'scale-110 opacity-40 blur-2xl')}
        />
      )}
      <video
        ref={ref}
        loop
        playsInline
        muted
        preload="auto"
        crossOrigin="use-credentials"
        poster={wide ? undefined : (video.cover_url ?? undefined)}
        data-video={video.video_id}
        className={cx('absolute inset-0 size-full', wide ? 'object-contain' : 'object-cover', !moving && 'opacity-0')}
        onTimeUpdate={({ currentTarget }) => active && onTime(currentTarget.currentTime, currentTarget.duration)}
        onLoadedData={() => setMoving(true)}
        onWaiting={() => setWaits(true)}
        onPlaying={() => {
          setWaits(false);
          setTrouble(null);
        }}
      >
        {video.captions.map(({ language, url }) => (
          <Track key={language} language={language} url={url} shown={viewing.captions && active} />
        ))}
      </video>
      {active && waits && !trouble && (
        <span className="absolute inset-0 grid place-content-center">
          <Spinner className="size-10 text-white/80" />
        </span>
      )}
      {trouble && (
        <p
          role="status"
          className="absolute inset-x-8 top-1/3 rounded-lg bg-black/70 p-4 text-center text-sm text-white"
        >
          <Icon name="alert" className="mx-auto mb-2 size-6" />
          {t(`feed.trouble_${trouble}`)}
        </p>
      )}
    </div>
  );
}

/** Only the one captions language of the reader is shown, else the first there is. */
function Track({ language, url, shown }: { language: string; url: string; shown: boolean }) {
  const ref = useRef<HTMLTrackElement>(null);
  useEffect(() => {
    const track = ref.current?.track;
    if (track) track.mode = shown ? 'showing' : 'disabled';
  }, [shown]);
  return <track ref={ref} kind="captions" srcLang={language} label={language} src={url} />;
}

interface Playing {
  active: boolean;
  saver: boolean;
  onTrouble: (trouble: Trouble) => void;
}

function usePlaying(ref: RefObject<HTMLVideoElement | null>, url: string, { active, saver, onTrouble }: Playing): void {
  const playback = useRef<ShortPlayback | null>(null);
  const wanted = useRef(active);
  wanted.current = active;
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    let gone = false;
    void playShort(element, { url, active: wanted.current, saver, onFailure: onTrouble }).then((started) => {
      if (gone) return started.stop();
      playback.current = started;
      started.setActive(wanted.current);
    });
    return () => {
      gone = true;
      playback.current?.stop();
      playback.current = null;
    };
  }, [ref, url, saver, onTrouble]);
  useEffect(() => playback.current?.setActive(active), [active]);
}

interface Running {
  active: boolean;
  paused: boolean;
  sound: boolean;
  onSilenced: () => void;
}

/** Plays while it is watched; whoever comes back to it sees it from its beginning. */
function useRunning(ref: RefObject<HTMLVideoElement | null>, { active, paused, sound, onSilenced }: Running): void {
  const silenced = useRef(onSilenced);
  silenced.current = onSilenced;
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    element.muted = !sound || !active;
    if (!active || paused) return element.pause();
    element.play().catch((error: unknown) => {
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
      element.muted = true;
      silenced.current();
      void element.play().catch(() => undefined);
    });
  }, [ref, active, paused, sound]);
  useEffect(() => {
    const element = ref.current;
    if (!active && element && element.currentTime > 0) element.currentTime = 0;
  }, [ref, active]);
}
