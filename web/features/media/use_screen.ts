import { useEffect, useMemo, useState } from 'react';

/** The host's screen in place of the camera's picture; the microphone goes on. @param camera what is behind it */
export function useScreen(camera: MediaStream | null) {
  const [picture, setPicture] = useState<MediaStreamTrack | null>(null);
  const [absent, setAbsent] = useState(false);

  useEffect(() => {
    const over = () => setPicture(null);
    // The browser's own button ends it too.
    picture?.addEventListener('ended', over);
    return () => {
      picture?.removeEventListener('ended', over);
      picture?.stop();
    };
  }, [picture]);
  const stream = useMemo(
    () => (camera && picture ? new MediaStream([picture, ...camera.getAudioTracks()]) : camera),
    [camera, picture],
  );

  const share = async () => {
    const devices = navigator.mediaDevices as Partial<MediaDevices> | undefined;
    if (!devices?.getDisplayMedia) return setAbsent(true);
    try {
      const screen = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 30 }, audio: false });
      setPicture(screen.getVideoTracks()[0] ?? null);
    } catch {
      // Thought better of it: the camera goes on.
    }
  };
  const screen: 'shown' | 'off' | 'absent' = picture ? 'shown' : absent ? 'absent' : 'off';
  return { stream, screen, toggleScreen: () => (picture ? setPicture(null) : void share()) };
}
