import { type RefObject, useEffect, useState } from 'react';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { IconButton } from '../../ui/index.ts';

/** The replay's own controls: play, pause, any second of it. */
export function Seek({ video }: { video: RefObject<HTMLVideoElement | null> }) {
  const { t } = useText();
  const format = useFormat();
  const [{ at, length, paused }, setNow] = useState({ at: 0, length: 0, paused: true });

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const look = () => setNow({ at: element.currentTime, length: element.duration || 0, paused: element.paused });
    const events = ['timeupdate', 'durationchange', 'play', 'pause', 'seeking'];
    for (const event of events) element.addEventListener(event, look);
    look();
    return () => {
      for (const event of events) element.removeEventListener(event, look);
    };
  }, [video]);

  const time = (s: number) => format.duration(Math.floor(s));
  return (
    <div className="absolute inset-x-0 bottom-0 flex items-center gap-2 bg-linear-to-t from-black/70 to-transparent px-2 pt-8 pb-2 text-white">
      <IconButton
        icon={paused ? 'play' : 'pause'}
        label={t(paused ? 'media.play' : 'media.pause')}
        tone="glass"
        onClick={() => (paused ? void video.current?.play() : video.current?.pause())}
      />
      <input
        type="range"
        min={0}
        max={Math.max(1, Math.floor(length))}
        step={1}
        value={Math.floor(at)}
        aria-label={t('media.seek')}
        aria-valuetext={time(at)}
        className="h-6 min-w-0 grow accent-accent"
        onChange={({ target }) => {
          if (video.current) video.current.currentTime = target.valueAsNumber;
        }}
      />
      <span className="tabular text-sm">
        {time(at)} / {time(length)}
      </span>
    </div>
  );
}
