/**
 * RTMP for OBS and other encoders: `rtmp://host/live` and a key. node-media-server's parser speaks the protocol; the
 * rest of it (its listener that ends the process, playing, its console) is not used.
 */
import { createServer, type Socket } from 'node:net';
import Rtmp, { type AvPacket, type Published } from 'node-media-server/src/protocol/rtmp.js';
import type { Context } from '../kernel/context.ts';
import { Refusal } from '../kernel/refusal.ts';
import { LIMITS } from './cmaf.ts';
import { setFault } from './encoder_queries.ts';
import { createEncoderSession, type EncoderSession } from './encoder_session.ts';
import { admitEncoder } from './encoders.ts';
import { readTag } from './flv.ts';
import { readSize } from './rtmp_metadata.ts';

export interface RtmpServer {
  port: number;
  stop(): Promise<void>;
}

/** A stranger gets so much time and so many bytes to name a key. */
const STRANGER = { ms: 10_000, bytes: 65_536 };
const CONNECTIONS = { all: 200, of_address: 8 };
const SILENCE_MS = 60_000;
/** Chunk streams of one connection: encoders open four or five. */
const CHUNK_STREAMS = 16;
/** Bytes read and not yet remuxed: beyond it the encoder waits. */
const WAITING = { most: 8_000_000, resume: 1_000_000 };
/** Another encoder with the same key takes over once the first was silent for so long (FAULTS D4). */
const TAKEOVER_MS = 5_000;
const KEY_TRIES = { limit: 10, window_ms: 60_000 };

interface Sender {
  socket: Socket;
  heard_at: number;
}

/** @throws what `listen` throws, a taken port for one */
export function startRtmp(ctx: Context, port: number, host: string): Promise<RtmpServer> {
  const sockets = new Set<Socket>();
  const senders = new Map<string, Sender>();
  const server = createServer((socket) => {
    const address = socket.remoteAddress;
    const of_address = [...sockets].filter((other) => other.remoteAddress === address).length;
    if (sockets.size >= CONNECTIONS.all || of_address >= CONNECTIONS.of_address) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    new Connection(ctx, socket, senders).begin();
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      server.on('error', (err) => ctx.log.error({ err }, 'the RTMP listener'));
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            for (const socket of sockets) socket.destroy();
          }),
      });
    });
  });
}

class Connection {
  readonly #ctx: Context;
  readonly #socket: Socket;
  readonly #senders: Map<string, Sender>;
  readonly #rtmp = new Rtmp();
  #asked: Published | null = null;
  #owner_id: string | null = null;
  #session: EncoderSession | null = null;
  #bytes = 0;
  #waiting = 0;
  #work: Promise<unknown> = Promise.resolve();
  #over = false;

  constructor(ctx: Context, socket: Socket, senders: Map<string, Sender>) {
    this.#ctx = ctx;
    this.#socket = socket;
    this.#senders = senders;
  }

  begin(): void {
    const rtmp = this.#rtmp;
    const respond = rtmp.respondPublish.bind(rtmp);
    const allocate = rtmp.packetAlloc.bind(rtmp);
    rtmp.packetAlloc = () => {
      const most = this.#session ? LIMITS.segment_bytes : STRANGER.bytes;
      if (rtmp.parserPacket.header.length > most) throw new Error('a message is too long');
      if (rtmp.inPackets.size > CHUNK_STREAMS) throw new Error('too many chunk streams');
      allocate();
    };
    // Said only when the key was checked.
    rtmp.respondPublish = () => undefined;
    rtmp.onOutputCallback = (bytes) => this.#socket.write(bytes);
    rtmp.onConnectCallback = (published) => {
      this.#asked = published;
    };
    rtmp.onPlayCallback = () => this.#end();
    rtmp.onPushCallback = () => {
      if (this.#owner_id || !this.#asked) return this.#end();
      this.#socket.pause();
      this.#then(() => this.#admit(this.#asked as Published, respond));
    };
    rtmp.onPacketCallback = (packet) => this.#queue(packet);
    const stranger = setTimeout(() => this.#session ?? this.#end(), STRANGER.ms);
    this.#socket.setTimeout(SILENCE_MS, () => this.#end());
    this.#socket.on('error', () => undefined);
    this.#socket.on('data', (bytes: Buffer) => this.#read(bytes));
    this.#socket.once('close', () => {
      clearTimeout(stranger);
      this.#giveUp();
      this.#then(async () => this.#session?.finish());
    });
  }

  #read(bytes: Buffer): void {
    this.#bytes += bytes.length;
    const sender = this.#owner_id && this.#senders.get(this.#owner_id);
    if (sender) sender.heard_at = performance.now();
    const too_long = !this.#session && this.#bytes > STRANGER.bytes;
    try {
      if (too_long || this.#rtmp.parserData(bytes) !== null) this.#end();
    } catch (error) {
      this.#ctx.log.info({ err: error }, 'an encoder sent what is no RTMP');
      this.#end();
    }
  }

  async #admit({ app, name }: Published, respond: () => void): Promise<void> {
    const address = this.#socket.remoteAddress ?? '';
    if (!this.#ctx.limiter.allow('rtmp.key', address, KEY_TRIES)) throw new Refusal('stream_key_refused');
    const { owner_id, stream_id } = await admitEncoder(this.#ctx, app, name);
    const before = this.#senders.get(owner_id);
    if (before && performance.now() - before.heard_at < TAKEOVER_MS) throw new Refusal('stream_busy');
    before?.socket.destroy();
    this.#owner_id = owner_id;
    this.#senders.set(owner_id, { socket: this.#socket, heard_at: performance.now() });
    this.#session = createEncoderSession(this.#ctx, { owner_id, stream_id, key: name });
    respond();
    this.#socket.resume();
  }

  #queue({ codec_type, dts, size, data }: AvPacket): void {
    const session = this.#session;
    if (!session) return;
    // The parser fills the same memory again with the next message.
    const body = Buffer.from(data.subarray(0, size));
    this.#waiting += size;
    if (this.#waiting > WAITING.most) this.#socket.pause();
    this.#then(async () => {
      this.#waiting -= size;
      if (this.#waiting < WAITING.resume && this.#socket.isPaused()) this.#socket.resume();
      const picture = readSize(codec_type, body);
      if (picture) session.measure(picture.width, picture.height);
      else await session.take(readTag(codec_type, dts, body));
    });
  }

  /** One after the other; the first that fails ends the connection and is told to the encoder's owner. */
  #then(work: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (this.#over) return;
      try {
        await work();
      } catch (error) {
        this.#over = true;
        await this.#refuse(error);
      }
    });
  }

  async #refuse(error: unknown): Promise<void> {
    const known = error instanceof Refusal;
    if (!known) this.#ctx.log.error({ err: error }, 'an encoder was cut off');
    const { code, title, details } = known ? error : new Refusal('internal_error');
    const said = details.detail ?? title;
    this.#rtmp.sendStatusMessage(this.#rtmp.streamId ?? 1, 'error', 'NetStream.Publish.BadName', said);
    if (this.#owner_id) await setFault(this.#ctx.db.pool, this.#owner_id, code, this.#ctx.clock.now()).catch(() => {});
    this.#giveUp();
    this.#socket.end();
  }

  /** Leaves the place to the owner's next encoder. */
  #giveUp(): void {
    if (this.#owner_id && this.#senders.get(this.#owner_id)?.socket === this.#socket) {
      this.#senders.delete(this.#owner_id);
    }
  }

  #end(): void {
    this.#socket.destroy();
  }
}
