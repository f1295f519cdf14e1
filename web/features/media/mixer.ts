/**
 * Puts the host's picture and a guest's into one, between camera and encoder. What comes out is always of the same size
 * and never pauses: a guest who comes, goes or is lost changes what is drawn, not the stream.
 */
import { FRAME_RATE, HEIGHT, WIDTH } from './codecs.ts';
import { cropOf, type Look, placesOf, type Rect, wholeIn } from './places.ts';

export interface Mixer {
  readonly track: MediaStreamVideoTrack;
  setHost(stream: MediaStream): void;
  /** Null: the host is alone. */
  setGuest(stream: MediaStream | null): void;
  setLook(look: Look): void;
  close(): void;
}

/** A guest whose picture stands still for so long is not shown: a frozen face says nothing. */
const FROZEN_MS = 5_000;

/** @param onGuest whether the guest is in the picture, with every change */
export function createMixer(onGuest: (shown: boolean) => void): Mixer {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const pen = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
  const [host, guest] = [createScreen(), createScreen()];
  let look: Look = 'stacked';
  let shown = false;
  const draw = () => {
    const two = guest.moves();
    const places = placesOf(look, two);
    drawInto(pen, host, places.host);
    if (places.guest) drawInto(pen, guest, places.guest);
    if (two === shown) return;
    shown = two;
    onGuest(two);
  };
  // Not by the screen's own beat, which stops with a page that is covered.
  const timer = setInterval(draw, 1_000 / FRAME_RATE);
  return {
    track: canvas.captureStream(FRAME_RATE).getVideoTracks()[0] as MediaStreamVideoTrack,
    setHost: host.show,
    setGuest: guest.show,
    setLook(next) {
      look = next;
    },
    close() {
      clearInterval(timer);
      host.show(null);
      guest.show(null);
    },
  };
}

interface Screen {
  video: HTMLVideoElement;
  show(stream: MediaStream | null): void;
  /** There is a picture, and it is not frozen. */
  moves(): boolean;
  /** A screen that is shared, which must not be cut. */
  whole: boolean;
}

function createScreen(): Screen {
  const video = document.createElement('video');
  [video.muted, video.playsInline, video.autoplay] = [true, true, true];
  let [frames, moved_at] = [0, 0];
  const screen: Screen = {
    video,
    whole: false,
    show(stream) {
      // Its sound goes another way (sound.ts).
      const tracks = stream?.getVideoTracks() ?? [];
      screen.whole = tracks.some((track) => 'displaySurface' in track.getSettings());
      [frames, moved_at] = [0, 0];
      video.srcObject = tracks.length > 0 ? new MediaStream(tracks) : null;
      if (video.srcObject) void video.play().catch(() => undefined);
    },
    moves() {
      if (!video.srcObject || video.readyState < 2 || video.videoWidth === 0) return false;
      const { totalVideoFrames } = video.getVideoPlaybackQuality();
      if (totalVideoFrames !== frames) [frames, moved_at] = [totalVideoFrames, performance.now()];
      return performance.now() - moved_at < FROZEN_MS;
    },
  };
  return screen;
}

function drawInto(pen: CanvasRenderingContext2D, { video, whole }: Screen, place: Rect): void {
  const picture = { width: video.videoWidth, height: video.videoHeight };
  // Between two cameras the last picture stays.
  if (video.readyState < 2 || picture.width === 0) return;
  const to = whole ? wholeIn(picture, place) : place;
  const from = whole ? { x: 0, y: 0, ...picture } : cropOf(picture, place);
  if (whole) {
    pen.fillStyle = 'black';
    pen.fillRect(place.x, place.y, place.width, place.height);
  }
  pen.drawImage(video, from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height);
}
