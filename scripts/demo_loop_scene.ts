/**
 * The demo's live picture: a ceramicist at her wheel, drawn with a canvas, and the music that goes with it.
 * Runs in the browser. Everything is a function of time with a period of LOOP_S, so that the end meets the beginning.
 */
export const LOOP_S = 60;
export const WIDTH = 720;
export const HEIGHT = 1280;

type Pen = OffscreenCanvasRenderingContext2D;
type Point = readonly [x: number, y: number];

const TAU = Math.PI * 2;
/** A wave with a whole number of turns in the loop. */
const wave = (t: number, turns: number, phase = 0) => Math.sin((t / LOOP_S) * turns * TAU + phase);
const mix = (a: number, b: number, x: number) => a + (b - a) * x;
const smooth = (x: number) => x * x * (3 - 2 * x);

const INK = {
  wall: '#3d2233',
  wallLow: '#27172a',
  sky: '#f3a65f',
  skyHigh: '#7d4a7c',
  sun: '#ffe3a8',
  hill: '#5a3358',
  hillNear: '#432747',
  wood: '#6b3f35',
  woodDark: '#4a2a2b',
  clay: '#c9734f',
  clayLight: '#eea57b',
  clayDark: '#8a4536',
  skin: '#d99a78',
  skinDark: '#b97a5e',
  hair: '#2b1720',
  shirt: '#e2b04c',
  shirtDark: '#c08c33',
  apron: '#2f4858',
  apronDark: '#243845',
  cream: '#f4e3cf',
  teal: '#3f8f8b',
  rose: '#d9788a',
};

/** Radii of the pot from foot to lip, and its height, at moments of the loop (seconds). */
const POTS: readonly { at: number; height: number; radii: readonly number[] }[] = [
  { at: 0, height: 92, radii: [118, 128, 126, 112, 88, 52] },
  { at: 6, height: 100, radii: [116, 124, 122, 110, 90, 60] },
  { at: 14, height: 176, radii: [104, 98, 92, 90, 90, 92] },
  { at: 20, height: 236, radii: [96, 88, 82, 80, 80, 84] },
  { at: 28, height: 214, radii: [78, 92, 112, 128, 142, 156] },
  { at: 34, height: 224, radii: [76, 96, 120, 132, 138, 146] },
  { at: 42, height: 290, radii: [74, 108, 132, 104, 64, 78] },
  { at: 50, height: 306, radii: [72, 112, 138, 100, 54, 82] },
  { at: 54, height: 306, radii: [72, 112, 138, 100, 54, 82] },
  { at: 57.5, height: 180, radii: [104, 122, 126, 108, 84, 76] },
  { at: 60, height: 92, radii: [118, 128, 126, 112, 88, 52] },
];

interface Pot {
  height: number;
  radii: number[];
}

function potAt(t: number): Pot {
  const next = POTS.findIndex(({ at }) => at > t);
  const [a, b] = [POTS[next - 1], POTS[next]];
  if (!a || !b) return { height: POTS[0]?.height ?? 0, radii: [...(POTS[0]?.radii ?? [])] };
  const x = smooth((t - a.at) / (b.at - a.at));
  return {
    height: mix(a.height, b.height, x),
    radii: a.radii.map((radius, i) => mix(radius, b.radii[i] ?? radius, x)),
  };
}

/** The pot's radius at a height from 0 (foot) to 1 (lip). */
function radiusAt({ radii }: Pot, y: number): number {
  const at = y * (radii.length - 1);
  const i = Math.min(radii.length - 2, Math.floor(at));
  return mix(radii[i] ?? 0, radii[i + 1] ?? 0, smooth(at - i));
}

const CENTRE = 360;
const WHEEL_Y = 850;

/** Draws the moment `t` (seconds) of the loop. */
export function drawScene(pen: Pen, t: number): void {
  drawRoom(pen, t);
  drawWindow(pen, t);
  drawShelf(pen, t);
  drawPotter(pen, t);
  drawWheel(pen, t);
  drawPot(pen, t);
  drawHands(pen, t);
  drawTable(pen, t);
  drawLight(pen, t);
}

function shade(pen: Pen, from: Point, to: Point, ...colours: string[]): CanvasGradient {
  const gradient = pen.createLinearGradient(...from, ...to);
  for (const [i, colour] of colours.entries()) gradient.addColorStop(i / (colours.length - 1), colour);
  return gradient;
}

function ellipse(pen: Pen, x: number, y: number, rx: number, ry: number, fill: string | CanvasGradient): void {
  pen.fillStyle = fill;
  pen.beginPath();
  pen.ellipse(x, y, Math.max(0, rx), Math.max(0, ry), 0, 0, TAU);
  pen.fill();
}

/** A closed shape through cubic curves: the first point, then six numbers a curve. */
function shape(pen: Pen, fill: string | CanvasGradient, start: Point, ...curves: number[][]): void {
  pen.fillStyle = fill;
  pen.beginPath();
  pen.moveTo(...start);
  for (const curve of curves) pen.bezierCurveTo(...(curve as [number, number, number, number, number, number]));
  pen.closePath();
  pen.fill();
}

function limb(pen: Pen, width: number, colour: string | CanvasGradient, ...points: Point[]): void {
  const [from, bend, to] = points as [Point, Point, Point];
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.lineCap = 'round';
  pen.beginPath();
  pen.moveTo(...from);
  pen.quadraticCurveTo(...bend, ...to);
  pen.stroke();
}

function drawRoom(pen: Pen, t: number): void {
  pen.fillStyle = shade(pen, [0, 0], [0, HEIGHT], '#512b3d', INK.wall, INK.wallLow);
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  const warm = pen.createRadialGradient(520, 330, 60, 520, 330, 620);
  warm.addColorStop(0, `rgba(243,166,95,${0.34 + 0.04 * wave(t, 1)})`);
  warm.addColorStop(1, 'rgba(243,166,95,0)');
  pen.fillStyle = warm;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
}

function archPath(pen: Pen, x: number, y: number, width: number, height: number): void {
  pen.beginPath();
  pen.moveTo(x, y + height);
  pen.lineTo(x, y + width / 2);
  pen.arc(x + width / 2, y + width / 2, width / 2, Math.PI, 0);
  pen.lineTo(x + width, y + height);
  pen.closePath();
}

function drawWindow(pen: Pen, t: number): void {
  const [x, y, width, height] = [420, 120, 230, 390];
  pen.save();
  archPath(pen, x - 14, y - 14, width + 28, height + 14);
  pen.fillStyle = INK.woodDark;
  pen.fill();
  archPath(pen, x, y, width, height);
  pen.clip();
  pen.fillStyle = shade(pen, [0, y], [0, y + height], INK.skyHigh, '#d9788a', INK.sky);
  pen.fillRect(x, y, width, height);
  ellipse(pen, x + 128, y + 246 + 8 * wave(t, 1), 44, 44, INK.sun);
  for (const [i, [at, size]] of (
    [
      [0.1, 30],
      [0.5, 22],
      [0.78, 26],
    ] as Point[]
  ).entries()) {
    const drift = ((t / LOOP_S + at) % 1) * (width + 160) - 80;
    ellipse(pen, x + drift, y + 90 + i * 46, size * 2.1, size * 0.42, 'rgba(255,227,168,0.35)');
  }
  shape(
    pen,
    INK.hill,
    [x, y + 330],
    [x + 70, y + 270, x + 120, y + 350, x + width, y + 290],
    [x + width, y + height, x, y + height, x, y + height],
  );
  shape(
    pen,
    INK.hillNear,
    [x, y + 366],
    [x + 90, y + 320, x + 150, y + 380, x + width, y + 344],
    [x + width, y + height, x, y + height, x, y + height],
  );
  pen.restore();
  pen.fillStyle = INK.woodDark;
  pen.fillRect(x + width / 2 - 4, y, 8, height);
  pen.fillRect(x, y + 196, width, 7);
  pen.fillStyle = INK.wood;
  pen.fillRect(x - 26, y + height, width + 52, 18);
}

const SHELVED: readonly (readonly [
  x: number,
  width: number,
  height: number,
  colour: keyof typeof INK,
  neck: number,
])[] = [
  [70, 50, 84, 'teal', 0.5],
  [140, 66, 58, 'cream', 0.9],
  [214, 44, 104, 'rose', 0.36],
  [286, 60, 70, 'shirt', 0.7],
];

function drawShelf(pen: Pen, t: number): void {
  for (const [row, y] of [310, 520].entries()) {
    pen.fillStyle = INK.woodDark;
    pen.fillRect(28, y, 318 - row * 60, 16);
    for (const [i, [x, width, height, colour, neck]] of SHELVED.entries()) {
      if (row === 1 && i > 2) continue;
      const [px, tall] = row === 0 ? [x, height] : [x + 10, 40 + ((height * 7) % 60)];
      vessel(pen, px, y, width, tall, INK[row === 0 ? colour : (SHELVED[3 - i]?.[3] ?? colour)], neck);
      const gleam = Math.max(0, wave(t, 2, i * 1.3 + row));
      ellipse(pen, px + width * 0.22, y - tall * 0.55, 4, tall * 0.18, `rgba(255,240,214,${0.12 + 0.3 * gleam})`);
    }
  }
}

function vessel(pen: Pen, x: number, y: number, width: number, height: number, colour: string, neck: number): void {
  const [half, lip] = [width / 2, (width / 2) * neck];
  shape(
    pen,
    colour,
    [x - half * 0.6, y],
    [x - half * 1.5, y - height * 0.35, x - lip * 1.1, y - height * 0.7, x - lip, y - height],
    [x - lip, y - height, x + lip, y - height, x + lip, y - height],
    [x + lip * 1.1, y - height * 0.7, x + half * 1.5, y - height * 0.35, x + half * 0.6, y],
  );
  ellipse(pen, x, y - height, lip, lip * 0.26, 'rgba(39,23,42,0.55)');
}

function drawPotter(pen: Pen, t: number): void {
  const sway = 5 * wave(t, 9);
  const breath = 3 * wave(t, 15);
  pen.save();
  pen.translate(CENTRE + sway, breath);
  shape(
    pen,
    shade(pen, [-170, 0], [180, 0], INK.shirtDark, INK.shirt, '#f0c568'),
    [-150, 900],
    [-190, 640, -150, 520, -52, 486],
    [-20, 476, 20, 476, 52, 486],
    [150, 520, 190, 640, 150, 900],
  );
  shape(
    pen,
    shade(pen, [-110, 0], [110, 0], INK.apronDark, INK.apron),
    [-112, 900],
    [-112, 740, -80, 650, -62, 600],
    [-20, 612, 20, 612, 62, 600],
    [80, 650, 112, 740, 112, 900],
  );
  limb(pen, 12, INK.apron, [-58, 604], [-52, 540], [-40, 490]);
  limb(pen, 12, INK.apron, [58, 604], [52, 540], [40, 490]);
  limb(pen, 52, INK.skinDark, [0, 500], [0, 476], [4, 452]);
  drawHead(pen, t);
  pen.restore();
}

function drawHead(pen: Pen, t: number): void {
  const nod = 5 * wave(t, 5);
  pen.save();
  pen.translate(4, 400 + nod);
  pen.rotate(0.05 * wave(t, 3) - 0.04);
  ellipse(pen, -6, -94, 40, 36, INK.hair);
  ellipse(pen, 0, -12, 76, 84, INK.hair);
  ellipse(pen, 0, 6, 60, 70, shade(pen, [-60, 0], [70, 0], INK.skinDark, INK.skin, '#e8b08c'));
  shape(
    pen,
    INK.hair,
    [-66, 0],
    [-70, -76, -20, -84, 2, -62],
    [30, -84, 76, -66, 66, 4],
    [52, -34, 24, -44, 2, -40],
    [-30, -44, -52, -30, -66, 0],
  );
  const blink = Math.abs(((t * 7) % LOOP_S) - 30) < 0.9 ? 0.15 : 1;
  for (const x of [-24, 26]) {
    limb(pen, 5, INK.hair, [x - 11, 14], [x, 14 + 9 * blink], [x + 11, 14]);
    limb(pen, 4, INK.hair, [x - 13, -6], [x, -12], [x + 13, -6]);
    ellipse(pen, x * 1.45, 34, 13, 8, 'rgba(217,120,138,0.35)');
  }
  limb(pen, 5, INK.skinDark, [2, 16], [8, 28], [0, 32]);
  limb(pen, 5, '#9c4a4a', [-14, 48], [2, 58 + 3 * wave(t, 4)], [18, 47]);
  ellipse(pen, 70, 26, 7, 10, INK.shirt);
  ellipse(pen, -68, 26, 7, 10, INK.shirt);
  pen.restore();
}

function drawWheel(pen: Pen, t: number): void {
  pen.fillStyle = shade(pen, [120, 0], [600, 0], '#3b2430', '#5a3640', '#3b2430');
  pen.beginPath();
  pen.ellipse(CENTRE, WHEEL_Y + 40, 262, 66, 0, 0, Math.PI);
  pen.lineTo(CENTRE - 236, WHEEL_Y + 150);
  pen.ellipse(CENTRE, WHEEL_Y + 150, 236, 56, 0, Math.PI, 0, true);
  pen.lineTo(CENTRE + 262, WHEEL_Y + 40);
  pen.fill();
  ellipse(pen, CENTRE, WHEEL_Y + 40, 262, 66, '#6a4149');
  ellipse(pen, CENTRE, WHEEL_Y + 44, 240, 56, '#2c1a26');
  ellipse(pen, CENTRE, WHEEL_Y + 22, 178, 42, '#7c6a68');
  ellipse(pen, CENTRE, WHEEL_Y + 14, 178, 42, shade(pen, [180, 0], [540, 0], '#8d7a76', '#c7b3a6', '#8d7a76'));
  for (let i = 0; i < 5; i += 1) {
    const angle = (t / LOOP_S) * TAU * 60 + (i * TAU) / 5;
    ellipse(pen, CENTRE + 158 * Math.cos(angle), WHEEL_Y + 14 + 36 * Math.sin(angle), 11, 4, 'rgba(138,69,54,0.75)');
  }
}

function drawPot(pen: Pen, t: number): void {
  const pot = potAt(t);
  const base = WHEEL_Y + 12;
  const steps = 36;
  const wobble = (y: number) => 1.6 * wave(t, 60, y * 9);
  pen.fillStyle = shade(pen, [CENTRE - 150, 0], [CENTRE + 150, 0], INK.clayDark, INK.clay, INK.clayLight, INK.clay);
  pen.beginPath();
  for (let i = 0; i <= steps; i += 1) {
    const y = i / steps;
    pen.lineTo(CENTRE + wobble(y) - radiusAt(pot, y), base - y * pot.height);
  }
  for (let i = steps; i >= 0; i -= 1) {
    const y = i / steps;
    pen.lineTo(CENTRE + wobble(y) + radiusAt(pot, y), base - y * pot.height);
  }
  pen.ellipse(CENTRE, base, radiusAt(pot, 0), radiusAt(pot, 0) * 0.24, 0, 0, Math.PI);
  pen.fill();
  drawGrooves(pen, pot, base, t);
  const lip = radiusAt(pot, 1);
  const top = base - pot.height;
  ellipse(pen, CENTRE + wobble(1), top, lip, lip * 0.24, INK.clayLight);
  const hollow = pot.height > 110 ? Math.min(1, (pot.height - 110) / 50) : 0;
  ellipse(pen, CENTRE + wobble(1), top + 3, lip * 0.86 * hollow, lip * 0.2 * hollow, '#6d3329');
}

/** Rings that the fingers leave: they tell the eye that the pot turns. */
function drawGrooves(pen: Pen, pot: Pot, base: number, t: number): void {
  for (let i = 1; i < 9; i += 1) {
    const y = (i - 0.4 + 0.12 * wave(t, 60, i * 2)) / 9;
    const radius = radiusAt(pot, y);
    pen.strokeStyle = i % 2 ? 'rgba(109,51,41,0.4)' : 'rgba(255,214,178,0.35)';
    pen.lineWidth = 3;
    pen.beginPath();
    pen.ellipse(CENTRE, base - y * pot.height, radius, radius * 0.2, 0, 0.12, Math.PI - 0.12);
    pen.stroke();
  }
}

function drawHands(pen: Pen, t: number): void {
  const pot = potAt(t);
  const y = 0.56 + 0.34 * wave(t, 6);
  const radius = radiusAt(pot, y);
  const at = WHEEL_Y + 12 - y * pot.height;
  const press = 3 * wave(t, 24);
  for (const side of [-1, 1]) {
    const reach = side < 0 ? at : at + 14 * wave(t, 4);
    const hand: Point = [CENTRE + side * (radius + 10 - press), reach];
    const elbow: Point = [CENTRE + side * (232 + 8 * wave(t, 9)), 760];
    const sleeve: Point = [CENTRE + side * 190, 690];
    limb(pen, 62, side < 0 ? INK.shirtDark : INK.shirt, [CENTRE + side * 128, 560], [CENTRE + side * 186, 610], sleeve);
    limb(pen, 40, side < 0 ? INK.skinDark : INK.skin, sleeve, elbow, hand);
    for (let finger = 0; finger < 4; finger += 1) {
      const tip: Point = [hand[0] - side * (26 + 3 * finger), hand[1] - 22 + finger * 13];
      limb(pen, 13, finger % 2 ? INK.clay : INK.skin, hand, [hand[0] - side * 8, hand[1] - 18 + finger * 12], tip);
    }
    ellipse(pen, hand[0], hand[1], 24, 27, side < 0 ? INK.skinDark : INK.skin);
    ellipse(pen, hand[0] - side * 9, hand[1] + 3, 13, 17, 'rgba(201,115,79,0.7)');
  }
}

function drawTable(pen: Pen, t: number): void {
  pen.fillStyle = shade(pen, [0, 1_000], [0, HEIGHT], INK.wood, INK.woodDark, '#2b1820');
  pen.fillRect(0, 1_012, WIDTH, HEIGHT - 1_012);
  pen.fillStyle = 'rgba(255,214,178,0.14)';
  pen.fillRect(0, 1_012, WIDTH, 5);
  ellipse(pen, 126, 1_040, 84, 22, '#243845');
  ellipse(pen, 126, 1_022, 84, 24, INK.teal);
  ellipse(pen, 126, 1_020, 70, 17, '#9fd0c8');
  ellipse(pen, 126 + 26 * wave(t, 6), 1_019, 24 + 8 * wave(t, 6, 1), 4, 'rgba(255,255,255,0.4)');
  pen.fillStyle = INK.cream;
  pen.fillRect(560, 968, 70, 62);
  ellipse(pen, 595, 1_030, 35, 10, INK.cream);
  ellipse(pen, 595, 968, 35, 10, '#d6c2aa');
  ellipse(pen, 595, 969, 28, 7, '#7a4a32');
  limb(pen, 9, INK.cream, [630, 984], [662, 996], [630, 1_014]);
  for (let i = 0; i < 3; i += 1) {
    const rise = (t / LOOP_S) * 12 + i / 3;
    const up = (rise % 1) * 110;
    const fade = Math.sin((rise % 1) * Math.PI) * 0.22;
    limb(
      pen,
      10,
      `rgba(255,240,224,${fade})`,
      [584 + i * 10, 954 - up],
      [596 + i * 8 + 14 * wave(t, 12, i), 934 - up],
      [588 + i * 10, 914 - up],
    );
  }
}

function drawLight(pen: Pen, t: number): void {
  pen.save();
  pen.globalCompositeOperation = 'lighter';
  pen.fillStyle = shade(pen, [540, 520], [220, 1_000], 'rgba(255,200,130,0.17)', 'rgba(255,200,130,0)');
  pen.beginPath();
  pen.moveTo(422, 528);
  pen.lineTo(650, 528);
  pen.lineTo(470 + 12 * wave(t, 1), 1_010);
  pen.lineTo(60, 1_010);
  pen.fill();
  for (let i = 0; i < 18; i += 1) {
    const y = 980 - (((t / LOOP_S) * (1 + (i % 3)) + i / 18) % 1) * 720;
    const x = 240 + ((i * 97) % 330) + 26 * wave(t, 2 + (i % 3), i);
    ellipse(pen, x, y, 2.4, 2.4, `rgba(255,226,170,${0.25 + 0.2 * wave(t, 5, i * 2)})`);
  }
  pen.restore();
  pen.fillStyle = shade(pen, [0, 1_020], [0, HEIGHT], 'rgba(39,23,42,0)', 'rgba(39,23,42,0.55)');
  pen.fillRect(0, 1_020, WIDTH, HEIGHT - 1_020);
}

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
