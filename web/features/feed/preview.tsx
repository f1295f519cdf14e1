import { useEffect, useRef, useState } from 'react';
import { cx } from '../../ui/index.ts';

const calm = matchMedia('(prefers-reduced-motion: reduce)');

type Stop = () => void;

/** Plays a live playlist without sound. The player's code comes only now. */
async function play(video: HTMLVideoElement, url: string): Promise<Stop> {
  const { default: Hls } = await import('hls.js');
  if (!Hls.isSupported()) {
    video.src = url;
    return () => video.removeAttribute('src');
  }
  const hls = new Hls({ liveSyncDurationCount: 2, maxBufferLength: 6, backBufferLength: 0, startLevel: 0 });
  hls.loadSource(url);
  hls.attachMedia(video);
  return () => hls.destroy();
}

/**
 * A look into a room: moving pictures, silent, while it is on the screen. Not for readers who wished for less motion
 * or who save data: what lies behind it stays visible.
 */
export function Preview({ url, className }: { url: string | undefined; className?: string }) {
  const ref = useRef<HTMLVideoElement>(null);
  const [moving, setMoving] = useState(false);

  useEffect(() => {
    const video = ref.current;
    const saves = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
    if (!video || !url || calm.matches || saves) return;
    let stop: Stop | null = null;
    let gone = false;
    const watcher = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) void video.play().catch(() => undefined);
      else video.pause();
    });
    void play(video, url).then((end) => {
      if (gone) return end();
      stop = end;
      watcher.observe(video);
      void video.play().catch(() => undefined);
    });
    return () => {
      gone = true;
      watcher.disconnect();
      stop?.();
    };
  }, [url]);

  return (
    <video
      ref={ref}
      muted
      playsInline
      autoPlay
      tabIndex={-1}
      aria-hidden="true"
      onPlaying={() => setMoving(true)}
      className={cx('size-full object-cover transition-opacity', moving ? 'opacity-100' : 'opacity-0', className)}
    />
  );
}
