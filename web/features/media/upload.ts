/** Sends a run to the server: its init segment, then one segment after the other, each until it is taken. */
import { Meter } from './uplink.ts';

export interface Ingest {
  stream_id: string;
  key: string;
  /** Names this page: it may start again at once, another page may not take the stream from it. */
  publisher_id: string;
}

/** Why a run cannot go on. `again`: with another run; the others end the live for this page. */
export type Refused = 'again' | 'key_refused' | 'ended' | 'disk_full' | 'too_slow';

export interface UploadEvents {
  /** A segment was taken. @param anchor_at media time zero of the run, on the server's clock */
  onTaken(taken: { anchor_at: Date; bytes: number }): void;
  /** Somebody else publishes; tried again until they stop. */
  onBusy(): void;
  onRefused(why: Refused): void;
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;
/** What belongs together, in the order in which it is sent. */
interface Waiting {
  kind: 'init' | 'segment';
  parts: Part[];
}
interface Part {
  rendition: 'main' | 'low';
  bytes: ArrayBuffer;
}

/** Seconds of media that may wait; beyond, what waits is old news, and the picture starts afresh. */
export const BACKLOG = 8;
const FIRST_WAIT_MS = 250;
/** A live that is away for longer than it must is a picture that stands. */
const LONGEST_WAIT_MS = 1_000;
const ATTEMPT_MS = 15_000;

const FINAL: Record<string, Refused> = {
  stream_key_refused: 'key_refused',
  stream_ended: 'ended',
  disk_full: 'disk_full',
  run_not_current: 'again',
  segment_gap: 'again',
  low_missing: 'again',
  media_invalid: 'again',
};

export class Upload {
  readonly run_id = crypto.randomUUID();
  readonly #ingest: Ingest;
  readonly #events: UploadEvents;
  readonly #fetch: Fetch;
  readonly #waiting: Waiting[] = [];
  #seq = 0;
  #closed = false;
  readonly #meter = new Meter();
  #under_way: { bytes: number; since: number } | null = null;
  #running: Promise<void> | undefined;
  readonly #abort = new AbortController();

  constructor(ingest: Ingest, events: UploadEvents, fetch_: Fetch = (url, init) => fetch(url, init)) {
    this.#ingest = ingest;
    this.#events = events;
    this.#fetch = fetch_;
  }

  /** Seconds of media that wait to be sent. */
  get backlog(): number {
    return this.#waiting.length;
  }

  /** Bits a second that this connection was seen to carry; null before anything telling went through. */
  get carries(): number | null {
    const going = this.#under_way;
    return this.#meter.carries(going && { bytes: going.bytes, ms: performance.now() - going.since });
  }

  /** @param low the smaller picture of the same second, where two are sent */
  add(kind: Waiting['kind'], bytes: ArrayBuffer, low: ArrayBuffer | null = null): void {
    if (this.#closed) return;
    const main = { rendition: 'main', bytes } as const;
    const parts: Part[] = low ? [main, { rendition: 'low', bytes: low }] : [main];
    // The large picture opens a run, and completes a second: the server lists a second when it has both.
    this.#waiting.push({ kind, parts: kind === 'init' ? parts : parts.reverse() });
    if (this.#waiting.length > BACKLOG) this.#refuse('too_slow');
    else
      this.#running ??= this.#run().finally(() => {
        this.#running = undefined;
      });
  }

  /** Waits until everything was taken, at most `ms`; then nothing is sent any more. */
  async finish(ms: number): Promise<void> {
    const late = new Promise((resolve) => setTimeout(resolve, ms));
    await Promise.race([this.#running, late]);
    this.close();
  }

  close(): void {
    this.#closed = true;
    this.#abort.abort();
    this.#waiting.length = 0;
  }

  #refuse(why: Refused): void {
    this.close();
    this.#events.onRefused(why);
  }

  async #run(): Promise<void> {
    for (let tried = 0; !this.#closed; ) {
      const [next] = this.#waiting;
      if (!next) return;
      const done = await this.#attempt(next.kind, next.parts[0] as Part).catch(() => false);
      if (this.#closed) return;
      if (done) next.parts.shift();
      if (next.parts.length === 0) this.#waiting.shift();
      tried = done ? 0 : tried + 1;
      if (!done) await pause(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tried) * (0.5 + Math.random() / 2));
    }
  }

  /** @returns whether the server has it; throws or says false where it is worth trying again */
  async #attempt(kind: Waiting['kind'], { rendition, bytes }: Part): Promise<boolean> {
    const path = kind === 'init' ? 'init' : `segments/${this.#seq}`;
    const response = await this.#put(rendition === 'low' ? `low/${path}` : path, bytes);
    const body = await response.json();
    if (!response.ok) return this.#judge(body);
    if (rendition === 'low') return true;
    this.#seq = body.next_seq;
    if (kind === 'segment') {
      this.#events.onTaken({ anchor_at: new Date(body.anchor_at), bytes: bytes.byteLength });
    }
    return true;
  }

  async #put(path: string, bytes: ArrayBuffer): Promise<Response> {
    const { stream_id, key, publisher_id } = this.#ingest;
    const since = performance.now();
    this.#under_way = { bytes: bytes.byteLength, since };
    try {
      const response = await this.#fetch(`/api/media/streams/${stream_id}/runs/${this.run_id}/${path}`, {
        method: 'PUT',
        headers: { 'content-type': 'video/mp4', 'souk-stream-key': key, 'souk-publisher': publisher_id },
        body: bytes,
        signal: AbortSignal.any([this.#abort.signal, AbortSignal.timeout(ATTEMPT_MS)]),
      });
      this.#meter.sent(bytes.byteLength, performance.now() - since);
      return response;
    } finally {
      this.#under_way = null;
    }
  }

  #judge({ code, next_seq }: { code: string; next_seq?: number }): boolean {
    const why = FINAL[code];
    if (why) this.#refuse(why);
    if (code === 'stream_busy') this.#events.onBusy();
    if (code !== 'segment_out_of_order') return false;
    // The answer to the attempt before was lost on the way: the server is one ahead.
    if (next_seq !== this.#seq + 1) this.#refuse('again');
    else this.#seq = next_seq;
    return next_seq === this.#seq;
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
