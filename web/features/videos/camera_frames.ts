/** Frames of a camera as they come, each with the moment at which it was taken. */

export interface CameraFrame {
  image: CanvasImageSource;
  width: number;
  height: number;
  /** On the clock of `performance.now()`. */
  taken_at: number;
}

type OnFrame = (frame: CameraFrame) => void;

/**
 * @param video shows the same camera: frames are taken from it where the browser does not hand out the track's own
 * @returns stops it
 */
export function watchCamera(track: MediaStreamTrack, video: HTMLVideoElement, onFrame: OnFrame): () => void {
  return 'MediaStreamTrackProcessor' in globalThis ? fromTrack(track, onFrame) : fromElement(video, onFrame);
}

interface Processor {
  readable: ReadableStream<VideoFrame>;
}

function fromTrack(track: MediaStreamTrack, onFrame: OnFrame): () => void {
  const { MediaStreamTrackProcessor } = globalThis as never as Record<string, new (of: object) => Processor>;
  // A clone, so that stopping here leaves the camera on.
  const own = track.clone();
  const reader = new (MediaStreamTrackProcessor as new (of: object) => Processor)({
    track: own,
    maxBufferSize: 2,
  }).readable.getReader();
  let offset = Number.POSITIVE_INFINITY;
  let over = false;
  const run = async () => {
    while (!over) {
      const { value: frame, done } = await reader.read();
      if (done) return;
      // Frames carry a clock of their own. One can only come late: the least late one tells how the two clocks stand.
      const stamp = frame.timestamp / 1_000;
      offset = Math.min(offset, performance.now() - stamp);
      const { displayWidth: width, displayHeight: height } = frame;
      if (!over) onFrame({ image: frame, width, height, taken_at: stamp + offset });
      frame.close();
    }
  };
  run().catch(() => undefined);
  return () => {
    over = true;
    own.stop();
    void reader.cancel().catch(() => undefined);
  };
}

function fromElement(video: HTMLVideoElement, onFrame: OnFrame): () => void {
  let over = false;
  let handle = 0;
  const next = () => {
    handle = video.requestVideoFrameCallback((now, { captureTime }) => {
      if (over) return;
      const { videoWidth: width, videoHeight: height } = video;
      onFrame({ image: video, width, height, taken_at: captureTime ?? now });
      next();
    });
  };
  next();
  return () => {
    over = true;
    video.cancelVideoFrameCallback(handle);
  };
}

/** PURE: the part of a picture that fills a box of other proportions, cut evenly on both sides. */
export function coverOf(picture: { width: number; height: number }, box: { width: number; height: number }) {
  const scale = Math.max(box.width / picture.width, box.height / picture.height);
  const [width, height] = [box.width / scale, box.height / scale];
  return { x: (picture.width - width) / 2, y: (picture.height - height) / 2, width, height };
}
