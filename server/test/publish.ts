/** A host's encoder for tests: opens runs and sends made-up segments through the real ingest. */
import { randomUUID } from 'node:crypto';
import type { ManualClock } from '../kernel/clock.ts';
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { toWire } from '../kernel/ids.ts';
import { createStream } from '../media/index.ts';
import { type Codecs, makeInit, makeSegment } from './media.ts';

/** What an encoder needs of a house. */
export interface House {
  ctx: Context;
  url: string;
  clock: Pick<ManualClock, 'advance'>;
}

export interface Sent {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a problem document or an answer, as the test expects.
  body: any;
}

export interface Encoder {
  stream_id: string;
  /** The stream's id on the wire. */
  id: string;
  key: string;
  publisher_id: string;
  open(codecs?: Codecs): Promise<Sent>;
  /** Opens the smaller picture beside the run. */
  openLow(): Promise<Sent>;
  /** Sends the smaller picture of the next second. @param off_s how far it stands from the large one */
  sendLow(off_s?: number): Promise<Sent>;
  /** Sends the next segment, a second after the one before, and lets a second pass. */
  send(): Promise<Sent>;
  put(path: string, body: Buffer, headers?: Record<string, string>): Promise<Sent>;
  /** The run that was opened last. */
  run_id: string;
  seq: number;
  at_s: number;
}

/** Makes a stream of `owner_id` and an encoder with its key. */
export async function encoderOf(house: House, owner_id: string, is_protected = false): Promise<Encoder> {
  const { stream_id, key } = await inTx(house.ctx.db, (tx) => createStream(tx, house.ctx, { owner_id, is_protected }));
  return encoderFor(house, stream_id, key);
}

/** Another encoder for a stream, as another page of the host would be. */
export function encoderFor(house: House, stream_id: string, key: string): Encoder {
  let codecs: Codecs = { video: 'vp09', audio: 'Opus' };
  const id = toWire('stream', stream_id);
  const encoder: Encoder = {
    ...{ stream_id, id, key, publisher_id: randomUUID(), run_id: randomUUID(), seq: 0, at_s: 0 },
    async put(path, body, headers = {}) {
      const response = await fetch(`${house.url}/api/media/streams/${id}/${path}`, {
        method: 'PUT',
        headers: {
          'content-type': 'video/mp4',
          'souk-stream-key': encoder.key,
          'souk-publisher': encoder.publisher_id,
          ...headers,
        },
        body: new Uint8Array(body),
      });
      return { status: response.status, body: await response.json() };
    },
    async open(next = codecs) {
      codecs = next;
      encoder.run_id = randomUUID();
      encoder.at_s = 0;
      const sent = await encoder.put(`runs/${encoder.run_id}/init`, makeInit(codecs));
      if (sent.status === 200) encoder.seq = sent.body.next_seq;
      return sent;
    },
    openLow: () => encoder.put(`runs/${encoder.run_id}/low/init`, makeInit(codecs)),
    sendLow: (off_s = 0) =>
      encoder.put(`runs/${encoder.run_id}/low/segments/${encoder.seq}`, makeSegment(encoder.at_s + off_s, 1, codecs)),
    async send() {
      house.clock.advance(1_000);
      const path = `runs/${encoder.run_id}/segments/${encoder.seq}`;
      const sent = await encoder.put(path, makeSegment(encoder.at_s, 1, codecs));
      if (sent.status === 200) {
        encoder.seq += 1;
        encoder.at_s += 1;
      }
      return sent;
    },
  };
  return encoder;
}
