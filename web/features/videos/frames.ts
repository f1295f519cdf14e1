/** Stills of a video, through a video element: what it can show can be a cover. */

const COVER_LONG = 1_280;

function until(video: HTMLVideoElement, event: string, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error('the picture cannot be shown'));
    video.addEventListener(event, () => resolve(), { once: true });
    video.addEventListener('error', fail, { once: true });
    signal?.addEventListener('abort', fail, { once: true });
  });
}

/** Shows the frame at `at_s`. */
export async function seekTo(video: HTMLVideoElement, at_s: number, signal?: AbortSignal): Promise<void> {
  if (video.readyState < HTMLMediaElement.HAVE_METADATA) await until(video, 'loadedmetadata', signal);
  // What a browser has recorded itself does not say how long it is: its duration is infinite.
  video.currentTime = Math.min(at_s, Math.max(0, video.duration - 0.05));
  await until(video, 'seeked', signal);
}

/** The frame that a video shows, as a picture no longer than `long` pixels. */
export function stillOf(video: HTMLVideoElement, long = COVER_LONG): OffscreenCanvas {
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(1, long / Math.max(videoWidth, videoHeight));
  const canvas = new OffscreenCanvas(Math.round(videoWidth * scale), Math.round(videoHeight * scale));
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas;
}

export const coverOf = (video: HTMLVideoElement): Promise<Blob> =>
  stillOf(video).convertToBlob({ type: 'image/jpeg', quality: 0.88 });

/** Small stills at even distances, one after the other as they come. */
export async function* stripOf(
  url: string,
  duration_s: number,
  n: number,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  video.src = url;
  try {
    for (let i = 0; i < n; i += 1) {
      if (video.readyState < HTMLMediaElement.HAVE_METADATA) await until(video, 'loadedmetadata', signal);
      await seekTo(video, ((i + 0.5) / n) * duration_s, signal);
      const still = await stillOf(video, 160).convertToBlob({ type: 'image/jpeg', quality: 0.7 });
      if (signal.aborted) return;
      yield URL.createObjectURL(still);
    }
  } finally {
    video.removeAttribute('src');
    video.load();
  }
}
