/** The ceramicist. Runs in the browser. */
import { CENTRE, ellipse, INK, LOOP_S, limb, type Pen, shade, shape, wave } from './demo_loop_pen.ts';

export function drawPotter(pen: Pen, t: number): void {
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
