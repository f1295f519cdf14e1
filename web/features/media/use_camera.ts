import { useEffect, useState } from 'react';
import { FRAME_RATE, HEIGHT, WIDTH } from './codecs.ts';
import { useScreen } from './use_screen.ts';

/** Why there is no camera: asked and refused, none there, taken by another program, or a page that may not ask. */
export type CameraFault = 'denied' | 'none' | 'taken' | 'insecure';

export interface Camera {
  stream: MediaStream | null;
  fault: CameraFault | null;
  /** The microphone alone was refused or is missing. */
  without_microphone: boolean;
  facing: 'user' | 'environment';
  flip(): void;
  /** A screen in place of the camera's picture: shown, not, or asked for where the browser cannot. */
  screen: 'shown' | 'off' | 'absent';
  toggleScreen(): void;
  retry(): void;
}

const FAULTS: Record<string, CameraFault> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'taken',
  AbortError: 'taken',
};

async function open(facing: 'user' | 'environment'): Promise<MediaStream> {
  const video = {
    facingMode: facing,
    width: { ideal: WIDTH },
    height: { ideal: HEIGHT },
    frameRate: { ideal: FRAME_RATE },
  };
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio });
  } catch (error) {
    // A missing or refused microphone must not cost the picture. Asking for the picture alone tells which it was.
    return await navigator.mediaDevices.getUserMedia({ video }).catch(() => {
      throw error;
    });
  }
}

/** The camera and microphone while the component stands and `wanted` holds. */
export function useCamera(wanted: boolean): Camera {
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [fault, setFault] = useState<CameraFault | null>(null);
  const [facing, setFacing] = useState<'user' | 'environment'>('user');
  const [tried, setTried] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: trying again is what `tried` is for
  useEffect(() => {
    if (!wanted) return;
    if (!navigator.mediaDevices) return setFault('insecure');
    let opened: MediaStream | null = null;
    let gone = false;
    const close = () => {
      for (const track of opened?.getTracks() ?? []) track.stop();
    };
    setFault(null);
    open(facing).then(
      (camera) => {
        opened = camera;
        if (gone) close();
        else setStream(camera);
      },
      (error: DOMException) => !gone && setFault(FAULTS[error.name] ?? 'none'),
    );
    return () => {
      gone = true;
      setStream(null);
      close();
    };
  }, [wanted, facing, tried]);

  // A call or a locked screen takes the camera away for good: it is opened again when the page is back.
  useEffect(() => {
    const back = () => {
      const taken = stream?.getTracks().some(({ readyState }) => readyState === 'ended');
      if (document.visibilityState === 'visible' && taken) setTried((before) => before + 1);
    };
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, [stream]);

  const shared = useScreen(stream);

  return {
    ...shared,
    fault,
    without_microphone: stream !== null && stream.getAudioTracks().length === 0,
    facing,
    flip: () => setFacing(facing === 'user' ? 'environment' : 'user'),
    retry: () => setTried(tried + 1),
  };
}
