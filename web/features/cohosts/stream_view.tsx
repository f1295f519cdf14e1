import { useEffect, useRef } from 'react';
import { cx } from '../../ui/index.ts';

interface StreamViewProps {
  stream: MediaStream | null;
  label: string;
  /** One's own voice is not played back. */
  silent?: boolean;
  mirrored?: boolean;
  className?: string;
}

/** A camera, one's own or the other one's. */
export function StreamView({ stream, label, silent = false, mirrored = false, className }: StreamViewProps) {
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (ref.current) ref.current.srcObject = stream;
  }, [stream]);
  return (
    <video
      ref={ref}
      muted={silent}
      playsInline
      autoPlay
      aria-label={label}
      className={cx('size-full bg-black object-cover', mirrored && '-scale-x-100', className)}
    />
  );
}

/** Lets the host hear the guest. */
export function GuestSound({ stream }: { stream: MediaStream }) {
  const ref = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    if (ref.current) ref.current.srcObject = stream;
  }, [stream]);
  // biome-ignore lint/a11y/useMediaCaption: two people who talk to each other
  return <audio ref={ref} autoPlay />;
}
