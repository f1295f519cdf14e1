/** Plays a short video from its playlist: hls.js where there is MediaSource, the browser's own HLS elsewhere. */
import type Hls from 'hls.js';

export interface ShortPlayback {
  /** `false`: a few seconds are fetched ahead and no more. */
  setActive(active: boolean): void;
  stop(): void;
}

interface Options {
  url: string;
  active: boolean;
  /** The smallest picture. */
  saver: boolean;
  onFailure(reason: 'unplayable' | 'gone' | 'network'): void;
}

const AHEAD_S = 4;
const ACTIVE_S = 20;
const AGAIN_MS = 1_500;
/** What is believed of a line before it was measured. */
const GUESS_BITS_PER_S = 1_500_000;

let engine: Promise<typeof Hls> | null = null;
const loadEngine = (): Promise<typeof Hls> => {
  engine ??= import('hls.js').then((module) => module.default);
  return engine;
};

export async function playShort(video: HTMLVideoElement, options: Options): Promise<ShortPlayback> {
  const Player = await loadEngine();
  return Player.isSupported() ? withHls(Player, video, options) : native(video, options);
}

function withHls(
  Player: typeof Hls,
  video: HTMLVideoElement,
  { url, active, saver, onFailure }: Options,
): ShortPlayback {
  const hls = new Player({
    maxBufferLength: active ? ACTIVE_S : AHEAD_S,
    maxMaxBufferLength: ACTIVE_S,
    capLevelToPlayerSize: !saver,
    abrEwmaDefaultEstimate: GUESS_BITS_PER_S,
    ...(saver && { startLevel: 0 }),
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  if (saver) {
    hls.on(Player.Events.MANIFEST_PARSED, () => {
      hls.autoLevelCapping = 0;
    });
  }
  hls.on(Player.Events.ERROR, (_name, { fatal, type, response }) => {
    if (!fatal) return;
    if (type === Player.ErrorTypes.MEDIA_ERROR) return hls.recoverMediaError();
    if (type !== Player.ErrorTypes.NETWORK_ERROR) return onFailure('unplayable');
    if (response?.code === 404) return onFailure('gone');
    onFailure('network');
    timer = setTimeout(() => hls.loadSource(url), AGAIN_MS);
  });
  hls.loadSource(url);
  hls.attachMedia(video);
  return {
    setActive(next) {
      hls.config.maxBufferLength = next ? ACTIVE_S : AHEAD_S;
    },
    stop() {
      clearTimeout(timer);
      hls.destroy();
    },
  };
}

/** Safari on phones that have no MediaSource. */
function native(video: HTMLVideoElement, { url, onFailure }: Options): ShortPlayback {
  const onError = () => onFailure(video.error?.code === MediaError.MEDIA_ERR_DECODE ? 'unplayable' : 'network');
  video.addEventListener('error', onError);
  video.src = url;
  return {
    setActive: () => undefined,
    stop() {
      video.removeEventListener('error', onError);
      video.removeAttribute('src');
      video.load();
    },
  };
}
