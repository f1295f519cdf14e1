/** The live that always runs: a recording sent through the real ingest, in a room marked as a demo. */
import { randomUUID } from 'node:crypto';
import type { App } from '../kernel/http.ts';
import { toWire } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { startRoom } from '../rooms/index.ts';
import { type Actor, Declined } from './actor.ts';
import { TITLE } from './lines.ts';
import { type Loop, readLoop } from './loop_file.ts';
import { moveSegment } from './loop_time.ts';
import type { Troupe } from './opening.ts';

export interface LoopLive {
  stop: () => Promise<void>;
}

/** Where the recording goes: a room and the key of its stream, all in the wire's form. */
interface Air {
  room_id: string;
  stream_id: string;
  key: string;
  until: number;
}

/** Then the room ends and another begins, so that no replay grows for ever. */
const ROOM_MS = 3 * 3_600_000;
const AGAIN_MS = 3_000;
const STILL_TRIES = 10;
const STILL_AGAIN_MS = 300;

/** @param onRoom told the room on the wire's form, or null while there is none */
export function startLoopLive(app: App, troupe: Troupe, onRoom: (room_id: string | null) => void): LoopLive {
  const host = troupe.get('host');
  const loop = readLoop();
  const ending = new AbortController();
  if (!host || !loop) return { stop: async () => undefined };
  const running = keepOn(app, host, loop, onRoom, ending.signal);
  return {
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}

async function keepOn(app: App, host: Actor, loop: Loop, onRoom: (id: string | null) => void, signal: AbortSignal) {
  let air: Air | null = null;
  while (!signal.aborted) {
    try {
      air ??= await goOnAir(app, host);
      await send(app, air, loop, signal, async () => {
        onRoom(air?.room_id ?? null);
        await showStill(host, air?.room_id, loop.still, signal);
      });
      if (signal.aborted) return;
      await host.call('POST', `/rooms/${air.room_id}/end`);
      air = null;
    } catch (error) {
      if (signal.aborted) return;
      app.souk.log.warn({ err: error }, 'the demo live was interrupted');
      air = null;
      onRoom(null);
      await sleep(AGAIN_MS, signal);
    }
  }
}

/** The room is live a moment after its first segment: until then it takes no still. Without one it shows its host. */
async function showStill(host: Actor, room_id: string | undefined, still: Buffer, signal: AbortSignal): Promise<void> {
  for (let n = 0; n < STILL_TRIES && !signal.aborted; n += 1) {
    try {
      await host.call('PUT', `/rooms/${room_id}/poster`, still);
      return;
    } catch {
      await sleep(STILL_AGAIN_MS, signal);
    }
  }
}

/** A new room, or the one that is still open after a restart, with another key. */
async function goOnAir(app: App, host: Actor): Promise<Air> {
  const ctx = app.souk;
  const until = ctx.clock.now().getTime() + ROOM_MS;
  try {
    const { room, stream_key } = await startRoom(ctx, host.person_id, { title: TITLE, language: 'en', is_demo: true });
    return {
      room_id: toWire('room', room.room_id),
      stream_id: toWire('stream', room.stream_id),
      key: stream_key,
      until,
    };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'room_open') throw error;
    const room_id = String(error.details.extra?.room_id);
    const { stream_key } = await host.call<{ stream_key: string }>('POST', `/rooms/${room_id}/stream-key`);
    const { stream } = await host.call<{ stream: { stream_id: string } }>('GET', `/rooms/${room_id}`);
    return { room_id, stream_id: stream.stream_id, key: stream_key, until };
  }
}

interface Taken {
  next_seq: number;
}

/** The recording over and over as one run, each pass moved behind the one before: a viewer sees no seam. */
async function send(app: App, air: Air, loop: Loop, signal: AbortSignal, onStart: () => Promise<void>) {
  const run = `/api/media/streams/${air.stream_id}/runs/${randomUUID()}`;
  const now = () => app.souk.clock.now().getTime();
  const put = (path: string, payload: Buffer) => putMedia(app, `${run}/${path}`, payload, air.key);
  let { next_seq } = await put('init', loop.init);
  const began = now();
  let recorded_s = 0;
  for (let n = 0; now() <= air.until; n += 1) {
    const { bytes, duration_s } = loop.segments[n % loop.segments.length] as Loop['segments'][number];
    const later_s = Math.floor(n / loop.segments.length) * loop.duration_s;
    recorded_s += duration_s;
    // As from a camera: a segment is there when it has been recorded.
    await sleep(began + recorded_s * 1_000 - now(), signal);
    if (signal.aborted) return;
    ({ next_seq } = await put(`segments/${next_seq}`, moveSegment(bytes, loop.tracks, later_s, n + 1)));
    if (n === 0) await onStart();
  }
}

/** The same publisher through all restarts of a pass; another page may not take its stream. */
const PUBLISHER = randomUUID();

async function putMedia(app: App, url: string, payload: Buffer, key: string): Promise<Taken> {
  const headers = { 'content-type': 'video/mp4', 'souk-stream-key': key, 'souk-publisher': PUBLISHER };
  const answer = await app.inject({ method: 'PUT', url, headers, payload });
  if (answer.statusCode >= 300) throw new Declined(url, answer.json());
  return answer.json();
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resume) => {
    if (signal.aborted || ms <= 0) return resume();
    const timer = setTimeout(resume, ms);
    timer.unref();
    signal.addEventListener('abort', () => resume(), { once: true });
  });
}
