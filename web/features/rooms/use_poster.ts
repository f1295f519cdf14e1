import { useEffect } from 'react';

const EVERY_MS = 60_000;
/** Exposure and focus need a moment after the start. */
const FIRST_MS = 2_000;
const [WIDTH, HEIGHT] = [405, 720];

/** Sends a still of the camera while the room is live: what its card shows before the picture moves. */
export function usePoster(room_id: string, camera: MediaStream | null, live: boolean): void {
  useEffect(() => {
    if (!live || !camera) return;
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = camera;
    void video.play().catch(() => undefined);
    const send = () => void sendStill(room_id, video).catch(() => undefined);
    const first = setTimeout(send, FIRST_MS);
    const timer = setInterval(send, EVERY_MS);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
      video.srcObject = null;
    };
  }, [room_id, camera, live]);
}

/** A still that fails is not worth a word to the host: the next one comes in a minute. */
async function sendStill(room_id: string, video: HTMLVideoElement): Promise<void> {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const { videoWidth, videoHeight } = video;
  const scale = Math.max(WIDTH / videoWidth, HEIGHT / videoHeight);
  const [width, height] = [videoWidth * scale, videoHeight * scale];
  canvas.getContext('2d')?.drawImage(video, (WIDTH - width) / 2, (HEIGHT - height) / 2, width, height);
  const body = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
  await fetch(`/api/rooms/${room_id}/poster`, { method: 'PUT', body, headers: { 'content-type': body.type } });
}
