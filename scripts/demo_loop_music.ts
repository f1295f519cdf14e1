/** The music of the demo's live picture. Runs in the browser. */
import { LOOP_S } from './demo_loop_pen.ts';

/** A minor, F, C, G with added notes: sixteen bars of four beats in a minute. */
const CHORDS = [
  [220, 261.63, 329.63, 493.88],
  [174.61, 220, 329.63, 392],
  [130.81, 261.63, 392, 493.88],
  [196, 246.94, 293.66, 440],
];
const SCALE = [440, 493.88, 523.25, 659.25, 783.99, 880, 987.77];
const BEAT_S = LOOP_S / 64;
const TAIL_S = 4;

/** Renders the music: a loop whose tails have already come round. */
export async function renderMusic(): Promise<AudioBuffer> {
  const context = new OfflineAudioContext(1, (LOOP_S + TAIL_S) * 48_000, 48_000);
  const out = new GainNode(context, { gain: 0.5 });
  const warm = new BiquadFilterNode(context, { type: 'lowpass', frequency: 2_400 });
  out.connect(warm).connect(context.destination);
  for (const round of [0, LOOP_S]) {
    for (let bar = 0; bar < 16; bar += 1) playBar(context, out, round + bar * BEAT_S * 4, bar);
  }
  const played = await context.startRendering();
  const loop = new AudioBuffer({ numberOfChannels: 1, length: LOOP_S * 48_000, sampleRate: 48_000 });
  loop.copyToChannel(played.getChannelData(0).subarray(TAIL_S * 48_000), 0);
  return loop;
}

function playBar(context: OfflineAudioContext, out: AudioNode, at: number, bar: number): void {
  const chord = CHORDS[bar % 4] ?? [];
  for (const [i, frequency] of chord.entries()) {
    note(context, out, {
      at,
      frequency: frequency / (i === 0 ? 2 : 1),
      length: BEAT_S * 5,
      loud: 0.07,
      soft: 0.9,
      type: 'triangle',
    });
  }
  for (let step = 0; step < 8; step += 1) {
    const pick = (bar * 5 + step * 3 + (bar % 3) * step) % 11;
    const frequency = SCALE[pick];
    if (!frequency || (step % 2 && bar % 2)) continue;
    note(context, out, { at: at + (step * BEAT_S) / 2, frequency, length: 1.4, loud: 0.11, soft: 0.006, type: 'sine' });
    note(context, out, {
      at: at + (step * BEAT_S) / 2,
      frequency: frequency * 3,
      length: 0.4,
      loud: 0.018,
      soft: 0.004,
      type: 'sine',
    });
  }
}

interface Note {
  at: number;
  frequency: number;
  length: number;
  loud: number;
  /** Seconds until it is at its loudest. */
  soft: number;
  type: OscillatorType;
}

function note(context: OfflineAudioContext, out: AudioNode, { at, frequency, length, loud, soft, type }: Note): void {
  if (at >= LOOP_S + TAIL_S) return;
  const tone = new OscillatorNode(context, { type, frequency });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(loud, at + soft);
  volume.gain.exponentialRampToValueAtTime(0.0005, at + length);
  tone.connect(volume).connect(out);
  tone.start(at);
  tone.stop(at + length);
}
