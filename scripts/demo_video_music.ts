/** A few notes for each short video of the demo. Runs in the browser. */

export interface Tune {
  /** Beats a minute. */
  pace: number;
  /** The lowest note, Hz. */
  root: number;
  scale: 'major' | 'minor' | 'fifths' | 'blues';
  voice: OscillatorType;
  drums: boolean;
}

const SCALES = {
  major: [0, 4, 7, 9, 12, 16],
  minor: [0, 3, 7, 10, 12, 15],
  fifths: [0, 2, 7, 9, 14, 19],
  blues: [0, 3, 5, 6, 7, 10],
};
const ROOTS = [0, -3, 5, 7];
const RATE = 48_000;

export async function playTune(
  { pace, root, scale, voice, drums }: Tune,
  length: number,
  seed: number,
): Promise<AudioBuffer> {
  const context = new OfflineAudioContext(1, Math.round(length * RATE), RATE);
  const out = new GainNode(context, { gain: 0.55 });
  const warm = new BiquadFilterNode(context, { type: 'lowpass', frequency: 3_200 });
  out.connect(warm).connect(context.destination);
  const beat = 60 / pace;
  const noise = hiss();
  for (let n = 0; n * (beat / 2) < length - 0.4; n += 1) {
    const from = (n * beat) / 2;
    const step = SCALES[scale][(n * (3 + (seed % 4)) + seed + (n % 3) * (seed % 5)) % 6] ?? 0;
    const chord = ROOTS[Math.floor(n / 8) % 4] ?? 0;
    const hertz = (half: number) => root * 2 ** (half / 12);
    if (n % 8 === 0) for (const low of [0, 7]) tone(context, out, 'triangle', hertz(chord + low), from, beat * 4, 0.12);
    if ((n * 7 + seed) % 5 !== 0)
      tone(context, out, voice, hertz(chord + step + 12), from, 0.5, voice === 'sine' ? 0.16 : 0.07);
    if (drums && n % 4 === 0) thump(context, out, from);
    if (drums && n % 2 === 1) tick(context, out, noise, from);
  }
  return context.startRendering();
}

function tone(
  context: OfflineAudioContext,
  out: AudioNode,
  type: OscillatorType,
  frequency: number,
  from: number,
  length: number,
  loud: number,
): void {
  const note = new OscillatorNode(context, { type, frequency });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(loud, from + 0.012);
  volume.gain.exponentialRampToValueAtTime(0.0005, from + length);
  note.connect(volume).connect(out);
  note.start(from);
  note.stop(from + length);
}

function thump(context: OfflineAudioContext, out: AudioNode, from: number): void {
  const drum = new OscillatorNode(context, { type: 'sine', frequency: 120 });
  drum.frequency.exponentialRampToValueAtTime(42, from + 0.18);
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0.5, from);
  volume.gain.exponentialRampToValueAtTime(0.001, from + 0.24);
  drum.connect(volume).connect(out);
  drum.start(from);
  drum.stop(from + 0.25);
}

function hiss(): AudioBuffer {
  const noise = new AudioBuffer({ numberOfChannels: 1, length: RATE / 20, sampleRate: RATE });
  const samples = noise.getChannelData(0);
  for (let i = 0; i < samples.length; i += 1) samples[i] = Math.sin(i * i * 12.9898) * (1 - i / samples.length);
  return noise;
}

function tick(context: OfflineAudioContext, out: AudioNode, noise: AudioBuffer, from: number): void {
  const source = new AudioBufferSourceNode(context, { buffer: noise });
  source.connect(new GainNode(context, { gain: 0.07 })).connect(out);
  source.start(from);
}
