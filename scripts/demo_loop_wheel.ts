/** The wheel, the pot that grows on it, and the hands that shape it. Runs in the browser. */
import {
  CENTRE,
  ellipse,
  INK,
  LOOP_S,
  limb,
  mix,
  type Pen,
  type Point,
  shade,
  smooth,
  TAU,
  WHEEL_Y,
  wave,
} from './demo_loop_pen.ts';

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

export function drawWheel(pen: Pen, t: number): void {
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

export function drawPot(pen: Pen, t: number): void {
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

export function drawHands(pen: Pen, t: number): void {
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
