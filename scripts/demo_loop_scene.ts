/**
 * The demo's live picture: a ceramicist at her wheel, drawn with a canvas, and the music that goes with it.
 * Runs in the browser. Everything is a function of time with a period of LOOP_S, so that the end meets the beginning.
 */
import {
  ellipse,
  HEIGHT,
  INK,
  LOOP_S,
  limb,
  type Pen,
  type Point,
  shade,
  shape,
  WIDTH,
  wave,
} from './demo_loop_pen.ts';
import { drawPotter } from './demo_loop_potter.ts';
import { drawHands, drawPot, drawWheel } from './demo_loop_wheel.ts';

export { renderMusic } from './demo_loop_music.ts';
export { HEIGHT, LOOP_S, WIDTH } from './demo_loop_pen.ts';

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
