/**
 * From an uploaded file to the segments of a rendition (fragmented MP4, cut at key frames). Packets are copied, never
 * decoded; nothing of the file's metadata goes along: no place, no device, no name, no second track.
 */
import {
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  Input,
  type InputTrack,
  MATROSKA,
  MP4,
  Mp4OutputFormat,
  NullTarget,
  Output,
  QTFF,
  WEBM,
} from 'mediabunny';
import { listBoxes } from './boxes.ts';
import { type Packed, type PackSink, Unfit } from './package_limits.ts';
import { type Plan, planOf } from './package_plan.ts';

/** No format that can name another file or address (a playlist) is read at all (FAULTS E2). */
const FORMATS = [MP4, QTFF, MATROSKA, WEBM];
const CACHE_BYTES = 8_000_000;
const SEGMENT_S = 2;

/**
 * @param path a file of ours, whatever it holds
 * @throws Unfit with the reason where it cannot be used
 */
export async function packFile(path: string, sink: PackSink): Promise<Packed> {
  const source = new FilePathSource(path, { maxCacheSize: CACHE_BYTES, handleUnhandledError: () => {} });
  const input = new Input({ source, formats: FORMATS });
  try {
    const plan = await planOf(input);
    return describe(plan, await copy(plan, sink));
  } catch (error) {
    if (error instanceof Unfit || isOurs(error)) throw error;
    throw new Unfit('video_unreadable', String((error as Error)?.message ?? error));
  } finally {
    input.dispose();
  }
}

/** What the sink met is no fault of the file: a full disk must not refuse a good video. */
class SinkFailed extends Error {}
const isOurs = (error: unknown): boolean => error instanceof SinkFailed;

interface Written {
  starts_s: number[];
  bytes: number[];
  init_bytes: number;
}

interface Fragment {
  starts_s: number;
  moof: Uint8Array;
  mdat: Uint8Array;
}

/** Asks for each fragment as it is written; the one under way is held until the next shows a picture. */
function segmenter(sink: PackSink) {
  const written: Written = { starts_s: [], bytes: [], init_bytes: 0 };
  const init: Uint8Array[] = [];
  const waiting: Fragment[] = [];
  let open: Fragment[] = [];
  let moof: { bytes: Uint8Array; starts_s: number } | null = null;
  const close = async () => {
    const [first] = open;
    if (!first) return;
    const bytes = Buffer.concat(open.flatMap((fragment) => [fragment.moof, fragment.mdat]));
    open = [];
    written.starts_s.push(first.starts_s);
    written.bytes.push(bytes.length);
    await given(sink.segment(written.bytes.length - 1, bytes));
  };
  return {
    written,
    format: new Mp4OutputFormat({
      fastStart: 'fragmented',
      minimumFragmentDuration: SEGMENT_S,
      onFtyp: (data) => void init.push(Buffer.from(data)),
      onMoov: (data) => void init.push(Buffer.from(data)),
      onMoof(data, _, starts_s) {
        moof = { bytes: Buffer.from(data), starts_s };
      },
      onMdat(data) {
        if (moof) waiting.push({ starts_s: moof.starts_s, moof: moof.bytes, mdat: Buffer.from(data) });
      },
    }),
    async flush() {
      if (waiting.length > 0 && written.init_bytes === 0) {
        const bytes = Buffer.concat(init);
        written.init_bytes = bytes.length;
        await given(sink.init(bytes));
      }
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        if (hasPicture(next.moof)) await close();
        open.push(next);
      }
    },
    close,
  };
}

const PICTURE_TRACK = 1;

/** The muxer numbers tracks in the order in which they were added. */
function hasPicture(bytes: Uint8Array): boolean {
  const [moof] = listBoxes(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const parts = moof ? listBoxes(moof.body).filter(({ type }) => type === 'traf') : [];
  const headers = parts.flatMap(({ body }) => listBoxes(body).filter(({ type }) => type === 'tfhd'));
  return headers.some(({ body }) => body.getUint32(4) === PICTURE_TRACK);
}

async function copy(plan: Plan, sink: PackSink): Promise<Written> {
  const { format, written, flush, close } = segmenter(sink);
  const output = new Output({ format, target: new NullTarget() });
  await feed(plan, output, flush);
  await output.finalize();
  await flush();
  await close();
  return written;
}

const given = (work: Promise<void>): Promise<void> =>
  work.catch((error) => {
    throw new SinkFailed(String(error));
  });

/** Both tracks side by side by their times, so that little is held in memory. */
async function feed(plan: Plan, output: Output, flush: () => Promise<void>): Promise<void> {
  const { video, audio, first, starts_s, ends_s } = plan;
  const picture = new EncodedVideoPacketSource((await video.getCodec()) as 'avc');
  const sound = audio && new EncodedAudioPacketSource((await audio.getCodec()) as 'aac');
  output.addVideoTrack(picture, { rotation: await video.getRotation(), flip: await video.getFlip() });
  if (sound) output.addAudioTrack(sound);
  await output.start();
  const config = { decoderConfig: (await video.getDecoderConfig()) ?? undefined };
  const sound_config = audio && { decoderConfig: (await audio.getDecoderConfig()) ?? undefined };
  const start = await new EncodedPacketSink(video).getKeyPacket(first.timestamp);
  const pictures = rowOf(video, start, (packet) => packet.timestamp >= starts_s);
  const from = audio && (await firstSound(audio, starts_s));
  const inside = (packet: EncodedPacket) => packet.timestamp >= starts_s && packet.timestamp < ends_s;
  const sounds = audio && from ? rowOf(audio, from, inside) : null;
  if (audio && !from) sound?.close();
  let copied = 0;
  let [shown, heard] = [await pictures.next(), sounds ? await sounds.next() : null];
  while (shown || heard) {
    if (shown && (!heard || shown.timestamp <= heard.timestamp)) {
      await picture.add(shifted(shown, starts_s), config);
      copied += 1;
      shown = await pictures.next();
      if (!shown) picture.close();
    } else if (heard) {
      // Past the last picture nothing is heard: a loop would stand still until it ends.
      await sound?.add(shifted(heard, starts_s), sound_config ?? undefined);
      heard = (await sounds?.next()) ?? null;
      if (heard && heard.timestamp >= ends_s) heard = null;
      if (!heard) sound?.close();
    }
    await flush();
  }
  // Its tables name pictures that are not in it: an upload of half a file.
  if (copied !== plan.pictures) throw new Unfit('video_unreadable', 'the file is cut off');
}

async function firstSound(audio: InputTrack, starts_s: number): Promise<EncodedPacket | null> {
  const sink = new EncodedPacketSink(audio);
  return (await sink.getPacket(starts_s)) ?? (await sink.getFirstPacket());
}

/** The packets of a track from `first` on, of those the ones that are `wanted`. */
function rowOf(track: InputTrack, first: EncodedPacket | null, wanted: (packet: EncodedPacket) => boolean) {
  const packets = new EncodedPacketSink(track).packets(first ?? undefined);
  return {
    async next(): Promise<EncodedPacket | null> {
      for (;;) {
        const { value, done } = await packets.next();
        if (done) return null;
        if (wanted(value)) return value;
      }
    },
  };
}

const shifted = (packet: EncodedPacket, starts_s: number): EncodedPacket =>
  packet.clone({ timestamp: packet.timestamp - starts_s, sideData: {} });

function describe(plan: Plan, { starts_s, bytes, init_bytes }: Written): Packed {
  const duration_ms = Math.round((plan.ends_s - plan.starts_s) * 1_000);
  const edges = [...starts_s.map((s, i) => (i === 0 ? 0 : Math.round(s * 1_000))), duration_ms];
  const segments = bytes.map((size, i) => ({
    ms: Math.max(1, (edges[i + 1] as number) - (edges[i] as number)),
    bytes: size,
  }));
  const rates = segments.map(({ ms, bytes: size }) => Math.ceil((size * 8_000) / Math.max(ms, 250)));
  return {
    duration_ms,
    width: Math.round(plan.width),
    height: Math.round(plan.height),
    has_sound: plan.audio !== null,
    codecs: plan.codecs,
    peak_bits_per_s: Math.min(2_000_000_000, Math.max(...rates)),
    bytes: init_bytes + bytes.reduce((sum, size) => sum + size, 0),
    segments,
  };
}
