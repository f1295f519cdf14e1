import { useEffect, useRef, useState } from 'react';
import { type Publisher, startPublisher } from './publisher.ts';
import type { PublisherState } from './publisher_state.ts';

export interface Publishing {
  state: PublisherState | null;
  muted: boolean;
  setMuted(muted: boolean): void;
  /** Sends nothing for a while. */
  setPaused(paused: boolean): Promise<void>;
  level(): number;
  /** Media time of what the camera sees now, for pins. */
  mediaTime(): Date | null;
  start(ingest: { stream_id: string; key: string }, camera: MediaStream): Promise<void>;
  /** Goes on with another camera. */
  setCamera(camera: MediaStream): void;
  /** The voice of somebody else in the picture. */
  setGuest(track: MediaStreamTrack | null): void;
  stop(): Promise<void>;
}

/** One publisher a page; it stops with the component. */
export function usePublisher(): Publishing {
  const publisher = useRef<Publisher | null>(null);
  const [state, setState] = useState<PublisherState | null>(null);
  const [muted, setMuted] = useState(false);

  useEffect(() => () => void publisher.current?.stop(), []);

  return {
    state,
    muted,
    setMuted(next) {
      setMuted(next);
      publisher.current?.setMuted(next);
    },
    setPaused: async (paused) => publisher.current?.setPaused(paused),
    level: () => publisher.current?.level() ?? 0,
    mediaTime: () => publisher.current?.mediaTime() ?? null,
    async start(ingest, camera) {
      publisher.current = await startPublisher({ ...ingest, publisher_id: crypto.randomUUID() }, camera, setState);
      publisher.current.setMuted(muted);
    },
    setCamera: (camera) => publisher.current?.setCamera(camera),
    setGuest: (track) => publisher.current?.setGuest(track),
    async stop() {
      await publisher.current?.stop();
    },
  };
}
