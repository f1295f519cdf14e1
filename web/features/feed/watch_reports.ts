/** What is played is told to the server in batches: the source of views, and of what is shown next. */
import type { paths } from '@souk/sdk/openapi';
import { keepVisit, nextSeq, visitToken } from './visit.ts';

type Body = paths['/api/videos/watch']['post']['requestBody']['content']['application/json'];
type WatchEvent = Body['events'][number];
type Kind = WatchEvent['kind'];

const SEND_MS = 4_000;
const MOST = 50;
let waiting: WatchEvent[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** @param played_ms played since the report before */
function report(video_id: string, kind: Kind, played_ms: number): void {
  waiting.push({ video_id, kind, played_ms: Math.round(played_ms), seq: nextSeq() });
  timer ??= setTimeout(() => void send(), SEND_MS);
}

async function send(leaving = false): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const events = waiting.splice(0, MOST);
  if (events.length === 0) return;
  const visit = visitToken();
  const body: Body = { events, ...(visit && { visit }) };
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  try {
    const response = await fetch('/api/videos/watch', { ...request, keepalive: leaving });
    keepVisit(response.ok ? ((await response.json()) as { visit: string }).visit : undefined);
  } catch {
    // Sent again with the next: each event has its number, so that none counts twice.
    waiting = [...events, ...waiting].slice(-4 * MOST);
  }
}

addEventListener('pagehide', () => void send(true));
document.addEventListener('visibilitychange', () => document.hidden && void send(true));

const SECONDS_MS = 5_000;
/** Players miss the last frames. */
const WHOLE = 0.95;

/** Follows one video while it is the one that is watched. @returns ends it: who left before its end has skipped it */
export function followWatching(video: HTMLVideoElement, video_id: string): () => void {
  const stopped = new AbortController();
  const { signal } = stopped;
  let at = video.currentTime;
  let untold = 0;
  let complete = false;
  const tell = (kind: Kind) => {
    report(video_id, kind, untold);
    untold = 0;
  };
  tell('start');
  const onTime = () => {
    const step = (video.currentTime - at) * 1_000;
    at = video.currentTime;
    // What jumps was not played.
    if (step > 0 && step < 2_000) untold += step;
    const looped = step < 0 && at < 1 && complete;
    if (looped) tell('loop');
    else if (!complete && at >= video.duration * WHOLE) {
      complete = true;
      tell('complete');
    } else if (untold >= SECONDS_MS) tell('seconds');
  };
  video.addEventListener('timeupdate', onTime, { signal });
  return () => {
    onTime();
    stopped.abort();
    tell(complete ? 'seconds' : 'skip');
  };
}
