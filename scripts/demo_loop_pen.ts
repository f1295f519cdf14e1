/** Colours, waves and brushes of the demo's live picture. Runs in the browser. */
export const LOOP_S = 60;
export const WIDTH = 720;
export const HEIGHT = 1280;

export type Pen = OffscreenCanvasRenderingContext2D;
export type Point = readonly [x: number, y: number];

export const TAU = Math.PI * 2;
/** A wave with a whole number of turns in the loop. */
export const wave = (t: number, turns: number, phase = 0) => Math.sin((t / LOOP_S) * turns * TAU + phase);
export const mix = (a: number, b: number, x: number) => a + (b - a) * x;
export const smooth = (x: number) => x * x * (3 - 2 * x);

export const INK = {
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

export const CENTRE = 360;
export const WHEEL_Y = 850;

export function shade(pen: Pen, from: Point, to: Point, ...colours: string[]): CanvasGradient {
  const gradient = pen.createLinearGradient(...from, ...to);
  for (const [i, colour] of colours.entries()) gradient.addColorStop(i / (colours.length - 1), colour);
  return gradient;
}

export function ellipse(pen: Pen, x: number, y: number, rx: number, ry: number, fill: string | CanvasGradient): void {
  pen.fillStyle = fill;
  pen.beginPath();
  pen.ellipse(x, y, Math.max(0, rx), Math.max(0, ry), 0, 0, TAU);
  pen.fill();
}

/** A closed shape through cubic curves: the first point, then six numbers a curve. */
export function shape(pen: Pen, fill: string | CanvasGradient, start: Point, ...curves: number[][]): void {
  pen.fillStyle = fill;
  pen.beginPath();
  pen.moveTo(...start);
  for (const curve of curves) pen.bezierCurveTo(...(curve as [number, number, number, number, number, number]));
  pen.closePath();
  pen.fill();
}

export function limb(pen: Pen, width: number, colour: string | CanvasGradient, ...points: Point[]): void {
  const [from, bend, to] = points as [Point, Point, Point];
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.lineCap = 'round';
  pen.beginPath();
  pen.moveTo(...from);
  pen.quadraticCurveTo(...bend, ...to);
  pen.stroke();
}
