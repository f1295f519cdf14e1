import { useEffect, useRef, useState } from 'react';
import { api } from '../../api.ts';
import type { Publishing } from '../media/use_publisher.ts';

/** Why nothing is sent: the host wished it, or a call, a locked screen or another tab took the camera. */
export type Pause = 'wished' | 'taken';

/** Devices that take the camera from a page that is not in front. */
const takesCamera = () => matchMedia('(pointer: coarse)').matches;

/** Pauses the live for viewers, with a card, whenever the camera is taken away; and when the host wishes it. */
export function usePause(room_id: string, publishing: Publishing, camera: MediaStream | null, on: boolean) {
  const [pause, setPause] = useState<Pause | null>(null);
  const set = (next: Pause | null) => {
    if (!on || next === pause) return;
    setPause(next);
    void publishing.setPaused(next !== null);
    const params = { path: { room_id } };
    // It has to get through while the system freezes the page.
    void api.PUT('/api/rooms/{room_id}/away', { params, body: { away: next !== null }, keepalive: true });
  };
  const now = useRef({ set, pause });
  now.current = { set, pause };

  useEffect(() => {
    const seen = () => {
      const hidden = document.visibilityState === 'hidden';
      if (hidden && takesCamera() && now.current.pause === null) now.current.set('taken');
      if (!hidden && now.current.pause === 'taken') now.current.set(null);
    };
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, []);

  useEffect(() => {
    const track = camera?.getVideoTracks()[0];
    const taken = () => now.current.pause === null && now.current.set('taken');
    const back = () => now.current.pause === 'taken' && now.current.set(null);
    track?.addEventListener('mute', taken);
    track?.addEventListener('unmute', back);
    // A camera that was opened anew is a camera that is back.
    if (camera && document.visibilityState === 'visible') back();
    return () => {
      track?.removeEventListener('mute', taken);
      track?.removeEventListener('unmute', back);
    };
  }, [camera]);

  return { pause, set };
}
