/**
 * How gifts sound: a handful of notes each, played with Web Audio. Nothing sounds until the viewer has allowed it.
 * `at` and `length` in seconds, `hz` the pitch; `to` lets it glide there.
 */

type Voice = 'bell' | 'pluck' | 'pad' | 'air' | 'spark';
type Note = [voice: Voice, at: number, hz: number, length: number, loudness?: number, to?: number];

const run = (voice: Voice, pitches: number[], step: number, length: number, loudness = 0.5, from = 0): Note[] =>
  pitches.map((hz, at) => [voice, from + at * step, hz, length, loudness]);

const C = [261.63, 329.63, 392, 523.25, 659.25, 783.99, 1046.5, 1318.5];
const A_MINOR = [220, 261.63, 329.63, 440, 523.25, 659.25];
const D = [293.66, 369.99, 440, 587.33, 739.99, 880, 1174.66];
const rockets = (at: number, hz: number): Note[] => [
  ['air', at, 400, 0.5, 0.25, 1_800],
  ['spark', at + 0.5, hz, 0.9, 0.5],
  ['air', at + 0.5, 900, 0.7, 0.5, 120],
];

export const SCORES: Record<string, Note[]> = {
  rose: run('bell', [659.25, 880], 0.09, 0.5, 0.35),
  clover: run('bell', [587.33, 739.99, 880], 0.07, 0.4, 0.32),
  applause: [0, 0.09, 0.2, 0.28, 0.4, 0.47].map((at): Note => ['air', at, 1_700, 0.06, 0.4, 900]),
  star: run('spark', [1046.5, 1318.5, 1568], 0.08, 0.5, 0.3),
  balloon: [['pluck', 0, 330, 0.35, 0.45, 660]],
  coffee: run('pluck', [392, 494, 587.33], 0.11, 0.4, 0.4),
  paper_plane: [
    ['air', 0, 300, 0.7, 0.3, 1_500],
    ['bell', 0.45, 1046.5, 0.5, 0.25],
  ],
  sunflower: run('pluck', [440, 554.37, 659.25, 880], 0.08, 0.5, 0.4),
  diamond: run('bell', [1046.5, 1318.5, 1568, 2093], 0.07, 0.9, 0.35),
  bouquet: [...run('bell', C.slice(2, 7), 0.09, 0.8, 0.35), ['pad', 0, 261.63, 1.4, 0.25]],
  fireflies: [0, 0.24, 0.5, 0.66, 0.95].map(
    (at, n): Note => ['spark', at, [1174, 1568, 1318, 1760, 1480][n] ?? 1_318, 0.5, 0.28],
  ),
  lantern: [...run('pluck', [293.66, 392, 440, 587.33], 0.16, 0.9, 0.4), ['pad', 0, 146.83, 1.8, 0.3]],
  butterfly: run('bell', [783.99, 880, 987.77, 880, 1174.66], 0.1, 0.6, 0.3),
  carousel: run('pluck', [523.25, 659.25, 783.99, 659.25, 523.25, 783.99, 1046.5], 0.16, 0.5, 0.4),
  lighthouse: [
    ['pad', 0, 98, 1.8, 0.6, 92],
    ['air', 0.3, 300, 1.8, 0.22, 700],
    ['bell', 1.2, 880, 1, 0.25],
  ],
  fireworks: [...rockets(0, 880), ...rockets(0.9, 1174.66), ...rockets(1.6, 1318.5), ['pad', 0.4, 196, 3, 0.3]],
  comet: [
    ['air', 0, 2_400, 1.6, 0.4, 180],
    ['pad', 0.2, 130.81, 3, 0.4, 261.63],
    ...run('spark', D, 0.16, 1, 0.35, 0.8),
  ],
  whale: [
    ['pad', 0, 110, 2, 0.6, 165],
    ['pad', 1.7, 165, 2.2, 0.5, 98],
    ['air', 0.2, 250, 3.6, 0.25, 600],
    ...run('bell', [440, 523.25, 659.25], 0.5, 1.6, 0.22, 1.4),
  ],
  voyage: [...run('pluck', [...C, ...C.slice(3, 7).reverse()], 0.2, 0.9, 0.35), ['pad', 0, 130.81, 3.4, 0.35, 196]],
  aurora: [
    ...A_MINOR.slice(0, 3).map((hz): Note => ['pad', 0, hz, 4, 0.3]),
    ...run(
      'bell',
      A_MINOR.map((hz) => 2 * hz),
      0.34,
      1.8,
      0.28,
      0.5,
    ),
  ],
  universe: [
    ['pad', 0, 65.41, 5, 0.7],
    ['pad', 0.3, 98, 4.6, 0.45],
    ['pad', 0.9, 164.81, 4.2, 0.4],
    ['air', 0, 120, 4, 0.3, 2_600],
    ...run('spark', [...C.slice(3), 1568, 2093], 0.24, 1.8, 0.34, 1.2),
    ['bell', 3.1, 523.25, 2.4, 0.45],
    ['bell', 3.1, 783.99, 2.4, 0.35],
  ],
};

let context: AudioContext | null = null;
let hiss: AudioBuffer | null = null;

/** The graph, once a person has touched the page; a browser that has none stays silent. */
function graph(): AudioContext | null {
  try {
    context ??= new AudioContext({ latencyHint: 'interactive' });
  } catch {
    return null;
  }
  void context.resume().catch(() => undefined);
  return context;
}

/** Plays a gift. @param volume 0 to 1 */
export function playGift(gift: string, volume: number): void {
  const score = SCORES[gift];
  const now = score && volume > 0 ? graph() : null;
  if (!now || !score) return;
  const out = new GainNode(now, { gain: 0.5 * volume * volume });
  const soft = new DynamicsCompressorNode(now, { threshold: -18, ratio: 6 });
  out.connect(soft).connect(now.destination);
  for (const note of score) strike(now, out, note);
  const ends = Math.max(...score.map(([, at, , length]) => at + length));
  window.setTimeout(() => soft.disconnect(), 1_000 * (ends + 1));
}

const WAVES: Record<Exclude<Voice, 'air'>, [wave: OscillatorType, attack: number, overtone: number]> = {
  bell: ['sine', 0.005, 2.76],
  pluck: ['triangle', 0.004, 2],
  pad: ['sine', 0.5, 1.5],
  spark: ['sine', 0.002, 3.01],
};

function strike(now: AudioContext, out: AudioNode, [voice, at, hz, length, loudness = 0.5, to = hz]: Note): void {
  const start = now.currentTime + 0.02 + at;
  const envelope = new GainNode(now, { gain: 0 });
  envelope.connect(out);
  const attack = voice === 'air' ? 0.04 : WAVES[voice][1];
  envelope.gain.setValueAtTime(0, start);
  envelope.gain.linearRampToValueAtTime(loudness, start + Math.min(attack, length / 3));
  envelope.gain.exponentialRampToValueAtTime(0.0005, start + length);
  if (voice === 'air') {
    breathe(now, envelope, { start, hz, to, length });
    return;
  }
  const [type, , overtone] = WAVES[voice];
  for (const [ratio, share] of [
    [1, 1],
    [overtone, 0.22],
  ] as const) {
    const tone = new OscillatorNode(now, { type, frequency: hz * ratio });
    tone.frequency.setValueAtTime(hz * ratio, start);
    tone.frequency.exponentialRampToValueAtTime(to * ratio, start + length);
    tone.connect(new GainNode(now, { gain: share })).connect(envelope);
    tone.start(start);
    tone.stop(start + length);
  }
}

/** Filtered noise: wind, clapping, sparks falling. */
function breathe(now: AudioContext, out: AudioNode, sound: { start: number; hz: number; to: number; length: number }) {
  const { start, hz, to, length } = sound;
  if (!hiss) {
    hiss = now.createBuffer(1, now.sampleRate, now.sampleRate);
    const samples = hiss.getChannelData(0);
    for (let i = 0; i < samples.length; i += 1) samples[i] = 2 * Math.random() - 1;
  }
  const source = new AudioBufferSourceNode(now, { buffer: hiss, loop: true });
  const filter = new BiquadFilterNode(now, { type: 'bandpass', frequency: hz, Q: 1.4 });
  filter.frequency.setValueAtTime(hz, start);
  filter.frequency.exponentialRampToValueAtTime(to, start + length);
  source.connect(filter).connect(out);
  source.start(start);
  source.stop(start + length);
}
