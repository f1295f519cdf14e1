/** What plays while one films: a sound, or the video of a duet. The film's time is the time at which it is heard. */
import type { Speed } from './take.ts';

export interface Guide {
  buffer: AudioBuffer;
  /** Where its pictures and sounds are read from. */
  playlist_url: string;
}

/** Reads the sound of a published video, all of it. Null: it has none that this browser can read. */
export async function loadGuide(playlist_url: string): Promise<Guide | null> {
  const bunny = await import('mediabunny');
  const url = new URL(playlist_url, location.href).href;
  const input = new bunny.Input({ source: new bunny.UrlSource(url), formats: bunny.HLS_FORMATS });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (!track || !(await track.canDecode())) return null;
    const length_s = await track.computeDuration();
    const rate = await track.getSampleRate();
    const channels = Math.min(2, await track.getNumberOfChannels());
    const whole = new AudioBuffer({
      length: Math.max(1, Math.ceil(length_s * rate)),
      sampleRate: rate,
      numberOfChannels: channels,
    });
    for await (const { buffer, timestamp } of new bunny.AudioBufferSink(track).buffers()) {
      const at = Math.round(timestamp * rate);
      for (let channel = 0; channel < channels; channel += 1) {
        const data = buffer.getChannelData(Math.min(channel, buffer.numberOfChannels - 1));
        // What lies before zero is the encoder's run-up, and is not heard.
        if (at + data.length > 0) whole.copyToChannel(at < 0 ? data.subarray(-at) : data, channel, Math.max(0, at));
      }
    }
    return { buffer: whole, playlist_url };
  } finally {
    input.dispose();
  }
}

export interface Playing {
  /** When its first sound is heard, on the clock of `performance.now()`. */
  heard_at: number;
  stop(): void;
}

/** Time for the graph to begin without a gap. */
const AHEAD_S = 0.12;

/**
 * Plays it from a place on, so much slower as the film will be faster.
 * @param from_s seconds of the sound
 */
export function playGuide(context: AudioContext, { buffer }: Guide, from_s: number, speed: Speed): Playing {
  const node = new AudioBufferSourceNode(context, { buffer, playbackRate: 1 / speed });
  node.connect(context.destination);
  const when = context.currentTime + AHEAD_S;
  node.start(when, Math.min(from_s, buffer.duration));
  return {
    heard_at: heardAt(context, when),
    stop() {
      node.stop();
      node.disconnect();
    },
  };
}

/** When what the graph makes at `when` leaves the loudspeaker. */
export function heardAt(context: AudioContext, when: number): number {
  const { contextTime, performanceTime } = context.getOutputTimestamp();
  if (contextTime && performanceTime) return performanceTime + (when - contextTime) * 1_000;
  const latency_s = context.outputLatency || context.baseLatency || 0;
  return performance.now() + (when - context.currentTime + latency_s) * 1_000;
}
