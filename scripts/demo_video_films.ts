/** The demo's short videos: what is shown, said and played in each. Runs in the browser. */
import { GROUNDS, type Look, PARTICLES, type Pen, type Saying, say } from './demo_video_brushes.ts';
import * as first from './demo_video_figures.ts';
import * as second from './demo_video_figures_more.ts';
import { playTune, type Tune } from './demo_video_music.ts';

interface Film {
  /** Seconds. */
  length: number;
  ground: keyof typeof GROUNDS;
  look: Look;
  figure: first.Figure;
  particles: keyof typeof PARTICLES;
  says: Saying[];
  tune: Tune;
}

type Words = [from: number, to: number, text: string, y: number, size: number, how: Saying['how'], colour?: number];
type Notes = [pace: number, root: number, scale: Tune['scale'], voice: OscillatorType, drums: boolean];

function film(
  length: number,
  [ground, figure, particles]: [keyof typeof GROUNDS, first.Figure, keyof typeof PARTICLES],
  look: Look,
  words: Words[],
  [pace, root, scale, voice, drums]: Notes,
): Film {
  const says = words.map(([from, to, text, y, size, how, colour]) => ({
    from,
    to,
    text,
    y,
    size,
    how,
    ...(colour && { colour }),
  }));
  return { length, ground, look, figure, particles, says, tune: { pace, root, scale, voice, drums } };
}

const END = 99;
export const FILMS: Readonly<Record<string, Film>> = {
  mira_wheel: film(
    8,
    ['plain', first.wheel, 'dust'],
    ['#51333f', '#241320', '#f9e8cf', '#e2b04c', '#d9788a'],
    [
      [0.3, 3.6, 'So beginnt\njede Schale.', 220, 84, 'rise'],
      [4, END, 'Zwei Hände.\nKein Muster.', 220, 84, 'rise', 3],
    ],
    [76, 110, 'minor', 'sine', false],
  ),
  jonas_canal: film(
    7,
    ['plain', first.canal, 'none'],
    ['#ffd9a0', '#2b6c8f', '#17344a', '#ee6c4d', '#5fa777'],
    [
      [0.2, 2.8, 'SLOW', 240, 150, 'slam'],
      [1.2, 2.8, 'is smooth.', 380, 84, 'slide'],
      [3, END, 'SMOOTH', 240, 130, 'slam'],
      [4, END, 'is fast.', 380, 84, 'slide', 3],
    ],
    [128, 98, 'fifths', 'square', true],
  ),
  leyla_manti: film(
    8,
    ['dots', first.manti, 'none'],
    ['#b5322b', '#6d1520', '#fff1d6', '#f2b441', '#e4604a'],
    [
      [0.2, END, 'Manti.', 190, 130, 'slam'],
      [1, END, '12 Stück in 8 Sekunden', 330, 54, 'band'],
    ],
    [118, 147, 'minor', 'triangle', true],
  ),
  lio_ollie: film(
    6.6,
    ['stripes', second.ollie, 'none'],
    ['#8ef0d0', '#27304f', '#11162b', '#ff3d7f', '#ffd23f'],
    [
      [0.1, 2.2, 'Versuch 39', 230, 100, 'slam'],
      [2.2, 4.4, 'Versuch 40', 230, 100, 'slam'],
      [4.4, END, 'Versuch 41!', 230, 108, 'slam', 3],
    ],
    [150, 82, 'blues', 'sawtooth', true],
  ),
  pia_roast: film(
    6.4,
    ['rings', second.roasting, 'dust'],
    ['#e8b46a', '#7a3b1e', '#2a120a', '#fff0cf', '#c4622d'],
    [
      [0.2, 3.8, 'Hört ihr\nes knacken?', 220, 84, 'rise'],
      [4, END, 'Jetzt raus\ndamit!', 220, 92, 'slam', 3],
    ],
    [96, 110, 'blues', 'triangle', true],
  ),
  fritz_mic: film(
    7.5,
    ['plain', second.microphone, 'none'],
    ['#7d1128', '#1a0509', '#fff3d6', '#f0b429', '#e23e57'],
    [
      [0.4, 3.4, 'Heute im Angebot:', 220, 62, 'type'],
      [3.6, END, 'Nichts.', 260, 150, 'slam', 3],
    ],
    [104, 131, 'major', 'sine', false],
  ),
  vera_camera: film(
    7,
    ['rays', second.camera, 'none'],
    ['#d8c7a3', '#7b5f43', '#2b1d12', '#c0392b', '#4f8a8b'],
    [
      [0.3, 3.4, 'Built in 1957.', 250, 84, 'rise'],
      [3.6, END, 'Still clicks.', 250, 100, 'slam', 3],
    ],
    [88, 131, 'fifths', 'triangle', false],
  ),
  henrik_loom: film(
    8,
    ['blobs', second.loom, 'none'],
    ['#dfe9ec', '#88a9b5', '#1d3a47', '#2f6f86', '#d0694a'],
    [
      [0.2, 4, 'Faden für Faden', 220, 76, 'slide'],
      [4.2, END, 'wird Leinen.', 220, 92, 'slide', 4],
    ],
    [92, 98, 'major', 'sine', true],
  ),
  mira_glaze: film(
    7.5,
    ['waves', first.glaze, 'bubbles'],
    ['#c9e4e7', '#22577a', '#12344d', '#2a6f97', '#61a5c2'],
    [
      [0.3, 3.2, 'Dip.', 240, 150, 'slam'],
      [3.4, END, 'Count to three.\nOut.', 230, 80, 'rise'],
    ],
    [84, 147, 'major', 'sine', false],
  ),
  leyla_knife: film(
    6.6,
    ['stripes', first.chopping, 'none'],
    ['#f8f3c9', '#b9d77a', '#22422b', '#f07f2e', '#ffb36b'],
    [
      [0.1, 3, 'Don’t look\nat the knife.', 240, 84, 'rise'],
      [3.2, END, 'Look at\nthe carrot.', 240, 92, 'slam', 3],
    ],
    [114, 131, 'blues', 'square', true],
  ),
  jonas_breath: film(
    8,
    ['blobs', first.breath, 'none'],
    ['#10324a', '#0b1a2d', '#e7fff5', '#7be0c3', '#3a86a8'],
    [
      [0.2, END, 'Breathe first.', 240, 82, 'rise'],
      [3.5, END, 'Run second.', 360, 60, 'rise', 3],
    ],
    [60, 110, 'fifths', 'sine', false],
  ),
  fritz_meeting: film(
    7.5,
    ['dots', second.meeting, 'none'],
    ['#f4f1ff', '#b8b4e0', '#2c2559', '#6f63c7', '#ef8354'],
    [
      [0.2, 2.8, '„Nur ganz kurz“', 240, 78, 'band'],
      [3, END, 'Minute 94', 250, 116, 'slam'],
    ],
    [100, 123, 'major', 'square', true],
  ),
  lio_math: film(
    7.5,
    ['squared', second.parabola, 'none'],
    ['#fdfdf6', '#e8ecd9', '#22305c', '#e63946', '#7aa5d8'],
    [
      [0.2, 2.6, 'f(x) = x²', 270, 116, 'type'],
      [2.8, END, 'Endlich Praxis.', 270, 84, 'slam', 3],
    ],
    [140, 98, 'fifths', 'square', true],
  ),
  pia_pour: film(
    8,
    ['plain', second.pouring, 'steam'],
    ['#f3e6d3', '#c79a6b', '#3b2012', '#86b7c6', '#9c3d2a'],
    [
      [0.2, 2.6, 'Bloom.', 230, 130, 'slam'],
      [2.7, 5.2, 'Wait.', 230, 130, 'slam'],
      [5.3, END, 'Pour.', 230, 130, 'slam', 4],
    ],
    [80, 123, 'major', 'triangle', false],
  ),
  henrik_washing: film(
    7,
    ['plain', second.washing, 'none'],
    ['#8fd0f5', '#e8f6d8', '#16425b', '#f7f3e8', '#cf6a4c'],
    [
      [0.2, 3.2, 'Trocknet', 230, 110, 'slam'],
      [1.2, 3.2, 'beim Zusehen.', 350, 72, 'rise'],
      [3.5, END, 'Linen likes wind.', 260, 76, 'slide', 4],
    ],
    [108, 147, 'major', 'sine', true],
  ),
  mira_kiln: film(
    8,
    ['plain', first.kiln, 'sparks'],
    ['#2a1411', '#0c0504', '#ffd39a', '#ff7b2e', '#ffb347'],
    [[0.3, END, 'Heute Nacht\nim Ofen', 200, 76, 'rise']],
    [70, 82, 'minor', 'triangle', true],
  ),
  vera_stamps: film(
    7.5,
    ['plain', second.stamps, 'none'],
    ['#395b50', '#1b2e2a', '#fbe8b0', '#c8553d', '#588b8b'],
    [
      [0.2, 3.6, 'Neun Marken.', 230, 84, 'slide'],
      [3.8, END, 'Eine fehlt.', 230, 104, 'slam'],
    ],
    [90, 117, 'minor', 'sine', false],
  ),
  leyla_dough: film(
    8,
    ['rings', first.dough, 'bubbles'],
    ['#f9d8c4', '#c17c5f', '#4b2215', '#fbeed3', '#e2bf92'],
    [[0.2, END, 'Twelve hours,\neight seconds', 200, 72, 'rise']],
    [98, 131, 'major', 'triangle', false],
  ),
  jonas_hill: film(
    6.6,
    ['rays', first.hill, 'none'],
    ['#ff9a76', '#6a2c70', '#fff6df', '#ffd460', '#3d1f4d'],
    [
      [0.2, 3, 'Bergauf?', 230, 120, 'slam'],
      [3.1, END, 'Kleine Schritte.\nGroße Klappe.', 220, 74, 'rise', 3],
    ],
    [136, 87, 'minor', 'sawtooth', true],
  ),
  lio_stairs: film(
    6.2,
    ['night', second.stairs, 'rain'],
    ['#2b1055', '#0b0b26', '#ffffff', '#ff4fd8', '#4cf3ff'],
    [
      [0.2, 3, '3 Stufen.', 230, 116, 'slam', 4],
      [3, END, 'Nasser Boden.', 230, 88, 'slam', 3],
    ],
    [144, 73, 'minor', 'sawtooth', true],
  ),
  fritz_shelf: film(
    7,
    ['squared', second.shelf, 'none'],
    ['#fff3d0', '#f2c879', '#3c2a14', '#a8703a', '#d9a05b'],
    [
      [0.2, 3.4, 'Ein Teil übrig.', 230, 84, 'band'],
      [3.6, END, 'Das war\nein wichtiges.', 220, 88, 'slam'],
    ],
    [122, 110, 'blues', 'triangle', true],
  ),
  mira_mending: film(
    7.5,
    ['rays', first.mending, 'dust'],
    ['#e7ddff', '#55407d', '#2a1c47', '#8fb8a8', '#dfe9d8'],
    [
      [0.3, 2.4, 'Broken?', 230, 116, 'slam'],
      [2.8, END, 'Give it gold.', 230, 92, 'rise'],
    ],
    [72, 131, 'fifths', 'sine', false],
  ),
  jonas_shoe: film(
    7,
    ['waves', first.shoe, 'confetti'],
    ['#e3f56b', '#4aa96c', '#12372a', '#2d6cdf', '#ff6f59'],
    [
      [0.2, 3.6, 'Nur anziehen.', 230, 88, 'slide'],
      [3.8, END, 'Der Rest\nläuft von selbst.', 220, 74, 'rise'],
    ],
    [126, 104, 'major', 'square', true],
  ),
  vera_clock: film(
    7.5,
    ['night', second.clockwork, 'dust'],
    ['#3a2c54', '#151026', '#f5e6c8', '#d4a34b', '#8d7bb5'],
    [
      [0.3, 3.4, 'Seit 1911', 230, 104, 'rise'],
      [3.6, END, 'geht sie\n4 Minuten vor.', 210, 80, 'rise', 3],
    ],
    [120, 147, 'minor', 'triangle', true],
  ),
};

/** Draws the moment `t` (seconds) of a film. */
export function drawFilm(pen: Pen, name: string, t: number): void {
  const { ground, look, figure, particles, says, length } = FILMS[name] as Film;
  GROUNDS[ground](pen, look, t);
  figure(pen, look, t, length);
  PARTICLES[particles](pen, look[3], t);
  for (const saying of says) say(pen, saying, look, t);
}

export function playFilm(name: string): Promise<AudioBuffer> {
  const { tune, length } = FILMS[name] as Film;
  return playTune(tune, length, Object.keys(FILMS).indexOf(name) + 3);
}
