/** From an encoder's H.264 and AAC packets to CMAF segments of a second and more, cut at key frames. Nothing is decoded. */
import {
  BufferTarget,
  CmafOutputFormat,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  HlsOutputFormat,
  Output,
  PathedTarget,
} from 'mediabunny';
import { readAacConfig, readAvcConfig, type Tag } from './flv.ts';

export interface Configs {
  picture: Buffer | null;
  sound: Buffer | null;
  width: number;
  height: number;
}

type Frame = Extract<Tag, { is: 'frame' }>;

export interface Remux {
  /** Resolves when the frame is taken; what the sink threw is thrown here. Times count from the run's beginning. */
  add(frame: Frame, from_ms: number): Promise<void>;
  /** Writes out what is under way; a last segment that the sink refuses is lost. */
  finish(): Promise<void>;
}

export interface Sink {
  init(bytes: Buffer): Promise<void>;
  segment(bytes: Buffer): Promise<void>;
}

/** A little less than a second: key frames of "every second" come a frame early or late. */
const SEGMENT_S = 0.9;

/** One run: its init segment comes with the first segment. */
export async function startRemux({ picture, sound, width, height }: Configs, sink: Sink): Promise<Remux> {
  let fault: unknown = null;
  let written = Promise.resolve();
  const take = (path: string) => async (bytes: ArrayBuffer) => {
    const work = path === 'init' ? sink.init : path === 'segment' ? sink.segment : null;
    if (!work) return;
    written = written
      .then(() => (fault === null ? work(Buffer.from(bytes)) : undefined))
      .catch((error) => {
        fault ??= error;
      });
    await written;
  };
  const output = new Output({
    format: new HlsOutputFormat({
      segmentFormat: new CmafOutputFormat(),
      live: true,
      targetDuration: SEGMENT_S,
      maxLiveSegmentCount: 1,
      getInitPath: () => 'init',
      getSegmentPath: () => 'segment',
    }),
    target: new PathedTarget('list', ({ path }) => new BufferTarget({ onFinalize: take(path) })),
  });
  const video = picture && new EncodedVideoPacketSource('avc');
  const audio = sound && new EncodedAudioPacketSource('aac');
  if (video) output.addVideoTrack(video);
  if (audio) output.addAudioTrack(audio);
  await output.start();
  const first = {
    picture: picture && {
      decoderConfig: { ...readAvcConfig(picture), codedWidth: width, codedHeight: height, description: picture },
    },
    sound: sound && { decoderConfig: { ...readAacConfig(sound), description: sound } },
  };
  const check = () => {
    if (fault !== null) throw fault;
  };
  /** How long a frame lasts is known with the next one; a segment's last frame must not be without length. */
  const held: Partial<Record<Frame['track'], { frame: Frame; from_ms: number; lasts_ms: number }>> = {};
  const put = async ({ track }: Frame) => {
    const ready = held[track];
    if (!ready) return;
    const { key, pts_ms, bytes } = ready.frame;
    const at_s = Math.max(0, pts_ms - ready.from_ms) / 1_000;
    const packet = new EncodedPacket(new Uint8Array(bytes), key ? 'key' : 'delta', at_s, ready.lasts_ms / 1_000);
    if (track === 'picture') await video?.add(packet, first.picture ?? undefined);
    else await audio?.add(packet, first.sound ?? undefined);
  };
  return {
    async add(frame, from_ms) {
      const before = held[frame.track];
      if (before) before.lasts_ms = frame.dts_ms - before.frame.dts_ms;
      await put(frame);
      held[frame.track] = { frame, from_ms, lasts_ms: before?.lasts_ms ?? 0 };
      check();
    },
    async finish() {
      for (const last of Object.values(held)) await put(last.frame);
      await output.finalize().catch(() => undefined);
      await written;
    },
  };
}
