/** Plays a stream in a video element: hls.js where there is MediaSource, the browser's own HLS elsewhere. */
import type Hls from 'hls.js';

export type PlaybackState =
  | 'loading'
  | 'playing'
  /** The picture waits for more. */
  | 'buffering'
  /** Nothing was sent yet, or the host is away for a moment. */
  | 'waiting'
  | 'ended'
  /** This browser cannot play the host's codecs. */
  | 'unplayable'
  | 'failed';

export interface Playback {
  /** Media time of the picture on the screen; null before the first. */
  mediaTime(): Date | null;
  stop(): void;
}

export interface PlaybackOptions {
  url: string;
  live: boolean;
  /** Asked when a playlist has ended: whether the live goes on in another one. */
  isOver(): Promise<boolean>;
  onState(state: PlaybackState): void;
}

const AGAIN_MS = 1_000;
/** A live that brings nothing for so long is not slow: its host is away. */
const AWAY_MS = 5_000;
/** A viewer who fell behind is brought back a little faster than life. */
const HURRY = 1.1;
/** Beyond this a viewer who was away is brought back to the live picture. */
const TOO_LATE_SEGMENTS = 12;

/** Starts playing; the element keeps its own sound and controls. */
export async function startPlayback(video: HTMLVideoElement, options: PlaybackOptions): Promise<Playback> {
  const stopped = new AbortController();
  const tell = (state: PlaybackState) => {
    if (!stopped.signal.aborted) options.onState(state);
  };
  const { signal } = stopped;
  let away: ReturnType<typeof setTimeout> | undefined;
  video.addEventListener(
    'playing',
    () => {
      clearTimeout(away);
      tell('playing');
    },
    { signal },
  );
  video.addEventListener(
    'waiting',
    () => {
      tell('buffering');
      clearTimeout(away);
      if (options.live) away = setTimeout(() => video.paused || tell('waiting'), AWAY_MS);
    },
    { signal },
  );
  const { default: Player } = await import('hls.js');
  const engine = Player.isSupported()
    ? withHls(Player, video, options, tell, signal)
    : native(video, options, tell, signal);
  video.addEventListener('ended', () => void follow(engine.load, options, tell), { signal });
  engine.load();
  const behind = pictureBehind(video, signal);
  return {
    mediaTime() {
      const at = engine.mediaTime();
      return at && new Date(at.getTime() - behind());
    },
    stop() {
      clearTimeout(away);
      stopped.abort();
      engine.stop();
    },
  };
}

/**
 * How long the picture on the screen is behind the element's clock, in milliseconds: where the decoder is slow the sound
 * goes on, and old frames stand. Measured with each frame that is shown; zero where the browser does not tell.
 */
function pictureBehind(video: HTMLVideoElement, signal: AbortSignal): () => number {
  let behind_ms = 0;
  const onFrame = (_now: number, { mediaTime, presentationTime }: VideoFrameCallbackMetadata) => {
    // The page may hear of a frame long after it was shown: what the clock went on meanwhile is not its lag.
    const heard_late_ms = (performance.now() - presentationTime) * video.playbackRate;
    behind_ms = Math.max(0, (video.currentTime - mediaTime) * 1_000 - heard_late_ms);
    if (!signal.aborted) video.requestVideoFrameCallback(onFrame);
  };
  if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(onFrame);
  return () => behind_ms;
}

/** A playlist that ended may be a live that goes on with other tracks: then its master is asked for again. */
async function follow(load: () => void, { live, isOver }: PlaybackOptions, tell: (state: PlaybackState) => void) {
  if (!live || (await isOver().catch(() => false))) return tell('ended');
  tell('waiting');
  load();
}

interface Engine {
  load(): void;
  mediaTime(): Date | null;
  stop(): void;
}

type Tell = (state: PlaybackState) => void;

function withHls(
  Player: typeof Hls,
  video: HTMLVideoElement,
  options: PlaybackOptions,
  tell: Tell,
  signal: AbortSignal,
): Engine {
  let hls: Hls | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(load, AGAIN_MS);
  };
  function load(): void {
    if (signal.aborted) return;
    hls?.destroy();
    const next = new Player({
      liveSyncDurationCount: 2,
      // Its own way of catching up ends a few seconds from the edge: who fell further behind would stay there.
      maxLiveSyncPlaybackRate: 1,
      liveMaxLatencyDurationCount: TOO_LATE_SEGMENTS,
      backBufferLength: 30,
      maxBufferLength: options.live ? 10 : 30,
      enableWorker: true,
    });
    hls = next;
    next.on(Player.Events.ERROR, (_name, { fatal, type, details, response }) => {
      if (details === Player.ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR) return tell('unplayable');
      if (details === Player.ErrorDetails.BUFFER_INCOMPATIBLE_CODECS_ERROR) return tell('unplayable');
      if (!fatal) return;
      if (type === Player.ErrorTypes.MEDIA_ERROR) return next.recoverMediaError();
      if (type !== Player.ErrorTypes.NETWORK_ERROR) return tell('failed');
      // Not there yet, or the network is away: a live is asked for again until it is over.
      if (response?.code === 404 && !options.live) return tell('failed');
      tell('waiting');
      void options.isOver().then((over) => (over ? tell('ended') : again()), again);
    });
    next.loadSource(options.url);
    next.attachMedia(video);
    void video.play().catch(() => undefined);
  }
  if (options.live) video.addEventListener('timeupdate', () => hls && keepUp(hls, video), { signal });
  return {
    load,
    mediaTime: () => hls?.playingDate ?? null,
    stop() {
      clearTimeout(timer);
      hls?.destroy();
    },
  };
}

/** Plays faster while the viewer is further from the edge than wanted and has enough in hand. */
function keepUp(hls: Hls, video: HTMLVideoElement): void {
  const { buffered, currentTime } = video;
  const in_hand = buffered.length > 0 ? buffered.end(buffered.length - 1) - currentTime : 0;
  const too_far = hls.latency - (hls.targetLatency ?? hls.latency);
  const rate = too_far > 0.2 && in_hand > 1.5 ? HURRY : 1;
  if (video.playbackRate !== rate) video.playbackRate = rate;
}

/** Safari on phones that have no MediaSource. */
function native(video: HTMLVideoElement, options: PlaybackOptions, tell: Tell, signal: AbortSignal): Engine {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const load = () => {
    video.src = options.url;
    void video.play().catch(() => undefined);
  };
  video.addEventListener(
    'error',
    () => {
      if (video.error?.code === MediaError.MEDIA_ERR_DECODE) return tell('unplayable');
      tell('waiting');
      void options.isOver().then(
        (over) => {
          if (over) tell('ended');
          else timer = setTimeout(load, AGAIN_MS);
        },
        () => tell('failed'),
      );
    },
    { signal },
  );
  return {
    load,
    mediaTime() {
      const start = (video as HTMLVideoElement & { getStartDate?(): Date }).getStartDate?.();
      if (!start || Number.isNaN(start.getTime())) return null;
      return new Date(start.getTime() + video.currentTime * 1_000);
    },
    stop() {
      clearTimeout(timer);
      video.removeAttribute('src');
      video.load();
    },
  };
}
