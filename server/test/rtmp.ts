/** An encoder for tests that speaks RTMP, with the H.264 and AAC of the demo's recording as FLV tags. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BufferSource, EncodedPacketSink, Input, type InputTrack, MP4 } from 'mediabunny';
import RtmpClient from 'node-media-server/src/protocol/rtmp_client.js';

export interface FlvTag {
  type: 8 | 9;
  dts: number;
  body: Buffer;
  key: boolean;
}

export interface Recording {
  /** Sequence headers of picture and sound. */
  configs: FlvTag[];
  /** In the order of their times, from 0 ms. */
  frames: FlvTag[];
}

const LOOP = join(import.meta.dirname, '../demo/loop');

/** The first seconds of the recording. */
export async function readRecording(seconds: number): Promise<Recording> {
  const names = readdirSync(LOOP).filter((name) => name.startsWith('seg-'));
  const files = ['init.mp4', ...names.sort().slice(0, seconds)].map((name) => readFileSync(join(LOOP, name)));
  const input = new Input({ source: new BufferSource(Buffer.concat(files)), formats: [MP4] });
  const [picture, sound] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  if (!picture || !sound) throw new Error('the recording has picture and sound');
  const [avc, aac] = [await picture.getDecoderConfig(), await sound.getDecoderConfig()];
  const frames = [...(await framesOf(picture, 9)), ...(await framesOf(sound, 8))].sort((a, b) => a.dts - b.dts);
  return {
    configs: [
      { type: 9, dts: 0, key: true, body: Buffer.concat([Buffer.from([0x17, 0, 0, 0, 0]), bytesOf(avc?.description)]) },
      { type: 8, dts: 0, key: true, body: Buffer.concat([Buffer.from([0xaf, 0]), bytesOf(aac?.description)]) },
    ],
    frames,
  };
}

const bytesOf = (source: AllowSharedBufferSource | undefined): Buffer => {
  if (!source) throw new Error('no description');
  return ArrayBuffer.isView(source)
    ? Buffer.from(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength)
    : Buffer.from(source as ArrayBuffer);
};

async function framesOf(track: InputTrack, type: 8 | 9): Promise<FlvTag[]> {
  const frames: FlvTag[] = [];
  for await (const packet of new EncodedPacketSink(track as never).packets()) {
    const key = packet.type === 'key';
    const head = type === 9 ? Buffer.from([key ? 0x17 : 0x27, 1, 0, 0, 0]) : Buffer.from([0xaf, 1]);
    frames.push({ type, dts: Math.round(packet.timestamp * 1_000), key, body: Buffer.concat([head, packet.data]) });
  }
  return frames;
}

export interface TestEncoder {
  send(...tags: FlvTag[]): void;
  /** Bytes as they are. */
  write(bytes: Buffer): void;
  isClosed(): boolean;
  /** What the server said when it cut us off. */
  closed: Promise<void>;
  disconnect(): void;
}

const METADATA = { width: 720, height: 1_280, framerate: 30 };

/** Connects and publishes. Rejects with what the server says against it. */
export async function connectEncoder(port: number, key: string, metadata: object = METADATA): Promise<TestEncoder> {
  const client = new RtmpClient();
  let over = false;
  const closed = new Promise<void>((resolve) => {
    client.onCloseCallback = () => {
      over = true;
      resolve();
    };
  });
  client.onErrorCallback = () => undefined;
  await client.connect(`rtmp://127.0.0.1:${port}/live/x`);
  await client.sendConnect();
  await client.sendCreateStream();
  await client.sendPublish(key);
  client.sendMetaData(metadata);
  return {
    send(...tags) {
      for (const { type, dts, body } of tags) {
        if (over) return;
        client.sendPacket({ codec_type: type, dts, size: body.length, data: body });
      }
    },
    write: (bytes) => client.write(bytes),
    isClosed: () => over,
    closed,
    disconnect: () => client.disconnect(),
  };
}
