/** What every short video of the demo is painted with: grounds, particles, type. Runs in the browser. */
import { ellipse, HEIGHT, limb, mix, type Pen, type Point, shade, TAU, WIDTH } from './demo_loop_pen.ts';

export { ellipse, HEIGHT, limb, mix, type Pen, type Point, shade, TAU, WIDTH };

/** Five colours of a film: two of the ground, the type, two of what moves. */
export type Look = readonly [high: string, low: string, ink: string, first: string, second: string];

/** 0 before `from`, 1 after `to`, soft between. */
export function ramp(t: number, from: number, to: number): number {
  const x = Math.min(1, Math.max(0, (t - from) / (to - from)));
  return x * x * (3 - 2 * x);
}
/** As `ramp`, but it shoots past its end and comes back. */
export function spring(t: number, from: number, to: number): number {
  const x = Math.min(1, Math.max(0, (t - from) / (to - from)));
  return x === 0 ? 0 : 1 - Math.cos(x * 2.5 * Math.PI) * (1 - x) ** 2;
}
export const sway = (t: number, per_s: number, phase = 0): number => Math.sin(t * per_s * TAU + phase);
/** The same number for the same `n`, between 0 and 1. */
export const chance = (n: number): number => {
  const x = Math.sin(n * 127.1 + 11.7) * 43_758.545;
  return x - Math.floor(x);
};

export function box(pen: Pen, x: number, y: number, w: number, h: number, fill: string | CanvasGradient, r = 0): void {
  pen.fillStyle = fill;
  pen.beginPath();
  pen.roundRect(x, y, w, h, r);
  pen.fill();
}

/** A closed shape through straight lines. */
export function poly(pen: Pen, fill: string | CanvasGradient, ...points: Point[]): void {
  pen.fillStyle = fill;
  pen.beginPath();
  for (const point of points) pen.lineTo(...point);
  pen.closePath();
  pen.fill();
}

/** Draws with the origin moved and turned. */
export function at(pen: Pen, x: number, y: number, turn: number, scale: number, draw: () => void): void {
  pen.save();
  pen.translate(x, y);
  pen.rotate(turn);
  pen.scale(scale, scale);
  draw();
  pen.restore();
}

type Ground = (pen: Pen, look: Look, t: number) => void;
const fill: Ground = (pen, [high, low]) => box(pen, 0, 0, WIDTH, HEIGHT, shade(pen, [0, 0], [0, HEIGHT], high, low));

export const GROUNDS = {
  plain: fill,
  rays(pen, look, t) {
    fill(pen, look, t);
    pen.globalAlpha = 0.16;
    for (let i = 0; i < 12; i += 1) {
      const a = (i / 12) * TAU + t * 0.14;
      const edge = (turn: number): Point => [360 + 1_100 * Math.cos(a + turn), 760 + 1_100 * Math.sin(a + turn)];
      poly(pen, look[3], [360, 760], edge(0), edge(TAU / 24));
    }
    pen.globalAlpha = 1;
  },
  stripes(pen, look, t) {
    fill(pen, look, t);
    pen.globalAlpha = 0.14;
    const moved = (t * 70) % 180;
    for (let x = -1_400; x < WIDTH + 200; x += 180) {
      const left = x + moved;
      poly(pen, look[4], [left, HEIGHT], [left + 90, HEIGHT], [left + 690, 0], [left + 600, 0]);
    }
    pen.globalAlpha = 1;
  },
  blobs(pen, look, t) {
    fill(pen, look, t);
    pen.globalAlpha = 0.3;
    for (let i = 0; i < 5; i += 1) {
      const [x, y] = [chance(i) * WIDTH + 90 * sway(t, 0.09, i * 2), chance(i + 9) * HEIGHT + 120 * sway(t, 0.07, i)];
      ellipse(pen, x, y, 190 + 50 * i, 170 + 50 * i, look[i % 2 ? 3 : 4]);
    }
    pen.globalAlpha = 1;
  },
  waves(pen, look, t) {
    fill(pen, look, t);
    for (let row = 0; row < 4; row += 1) {
      pen.globalAlpha = 0.22;
      pen.fillStyle = look[row % 2 ? 4 : 3];
      pen.beginPath();
      for (let x = 0; x <= WIDTH; x += 40) {
        pen.lineTo(x, 860 + row * 110 + 26 * Math.sin(x / 110 + t * (1 + row * 0.4) + row));
      }
      pen.lineTo(WIDTH, HEIGHT);
      pen.lineTo(0, HEIGHT);
      pen.fill();
    }
    pen.globalAlpha = 1;
  },
  dots(pen, look, t) {
    fill(pen, look, t);
    pen.globalAlpha = 0.2;
    for (let y = 40; y < HEIGHT; y += 80) {
      for (let x = 40; x < WIDTH; x += 80) {
        const size = 11 + 9 * Math.sin(t * 2.4 - Math.hypot(x - 360, y - 760) / 110);
        ellipse(pen, x, y, size, size, look[4]);
      }
    }
    pen.globalAlpha = 1;
  },
  squared(pen, look, t) {
    fill(pen, look, t);
    pen.strokeStyle = look[4];
    pen.globalAlpha = 0.35;
    pen.lineWidth = 2;
    pen.beginPath();
    for (let i = 0; i < 34; i += 1) {
      pen.moveTo(0, i * 40);
      pen.lineTo(WIDTH, i * 40);
      pen.moveTo(i * 40, 0);
      pen.lineTo(i * 40, HEIGHT);
    }
    pen.stroke();
    pen.globalAlpha = 1;
  },
  night(pen, look, t) {
    fill(pen, look, t);
    for (let i = 0; i < 40; i += 1) {
      const size = 2 + 2 * Math.abs(sway(t, 0.3, i));
      ellipse(pen, chance(i) * WIDTH, chance(i + 50) * 640, size, size, look[4]);
    }
    for (let i = 0; i < 9; i += 1) {
      const high = 190 + 280 * chance(i + 3);
      box(pen, i * 84 - 12, 1_000 - high, 80, high + 300, 'rgba(8,8,24,0.8)');
      for (let k = 0; k < 8; k += 1) {
        const lit = chance(i * 8 + k + Math.floor(t * 0.8 + k)) > 0.6;
        if (lit) box(pen, i * 84 + 4 + (k % 2) * 30, 1_024 - high + Math.floor(k / 2) * 46, 16, 24, look[3]);
      }
    }
  },
  rings(pen, look, t) {
    fill(pen, look, t);
    pen.lineWidth = 26;
    for (let i = 0; i < 8; i += 1) {
      const wide = ((i / 8 + t * 0.12) % 1) * 900;
      pen.globalAlpha = 0.26 * (1 - wide / 900);
      pen.strokeStyle = look[i % 2 ? 3 : 4];
      pen.beginPath();
      pen.ellipse(360, 760, wide, wide, 0, 0, TAU);
      pen.stroke();
    }
    pen.globalAlpha = 1;
  },
} satisfies Record<string, Ground>;

type Flock = (pen: Pen, colour: string, t: number) => void;

export const PARTICLES = {
  none() {},
  dust(pen, colour, t) {
    for (let i = 0; i < 26; i += 1) {
      const y = HEIGHT - ((chance(i) + t * (0.03 + 0.05 * chance(i + 40))) % 1) * HEIGHT;
      ellipse(pen, chance(i + 80) * WIDTH + 30 * sway(t, 0.2, i), y, 3 + 3 * chance(i), 3 + 3 * chance(i), colour);
    }
  },
  sparks(pen, colour, t) {
    for (let i = 0; i < 34; i += 1) {
      const life = (chance(i) + t * (0.3 + 0.4 * chance(i + 7))) % 1;
      pen.globalAlpha = 1 - life;
      const x = 360 + (chance(i + 20) - 0.5) * 700 * life + 30 * sway(t, 1, i);
      ellipse(pen, x, 980 - life * 760, 5 * (1 - life) + 1, 5 * (1 - life) + 1, colour);
    }
    pen.globalAlpha = 1;
  },
  confetti(pen, colour, t) {
    for (let i = 0; i < 36; i += 1) {
      const y = ((chance(i) + t * (0.14 + 0.16 * chance(i + 5))) % 1.1) * HEIGHT - 40;
      at(pen, chance(i + 60) * WIDTH + 40 * sway(t, 0.5, i), y, t * 3 + i, 1, () =>
        box(pen, -9, -5, 18, 10, i % 3 ? colour : '#ffffff'),
      );
    }
  },
  bubbles(pen, colour, t) {
    pen.strokeStyle = colour;
    pen.lineWidth = 3;
    for (let i = 0; i < 18; i += 1) {
      const rise = (chance(i) + t * (0.08 + 0.1 * chance(i + 9))) % 1;
      pen.beginPath();
      pen.arc(chance(i + 30) * WIDTH + 20 * sway(t, 0.6, i), HEIGHT - rise * HEIGHT, 6 + 16 * chance(i), 0, TAU);
      pen.stroke();
    }
  },
  rain(pen, colour, t) {
    for (let i = 0; i < 40; i += 1) {
      const y = ((chance(i) + t * (0.9 + 0.4 * chance(i + 9))) % 1) * HEIGHT;
      const x = chance(i + 30) * WIDTH;
      limb(pen, 3, colour, [x, y], [x - 5, y + 20], [x - 10, y + 44]);
    }
  },
  steam(pen, colour, t) {
    for (let i = 0; i < 4; i += 1) {
      const rise = (i / 4 + t * 0.22) % 1;
      const [x, y] = [300 + i * 40, 640 - rise * 220];
      pen.globalAlpha = 0.5 * Math.sin(rise * Math.PI);
      limb(pen, 22, colour, [x, y], [x + 46 * sway(t, 0.3, i), y - 50], [x + 10, y - 110]);
    }
    pen.globalAlpha = 1;
  },
} satisfies Record<string, Flock>;

/** Words on the screen: from when to when, where, and how they come. */
export interface Saying {
  from: number;
  to?: number;
  text: string;
  y: number;
  size: number;
  how: 'slam' | 'rise' | 'type' | 'slide' | 'band';
  /** One of the film's colours; the ink unless told. */
  colour?: number;
}

export function say(pen: Pen, saying: Saying, look: Look, t: number): void {
  const { from, to = 99, text, y, size, how, colour = 2 } = saying;
  if (t < from || t > to) return;
  const fade = 1 - ramp(t, to - 0.25, to);
  pen.font = `800 ${size}px 'Open Sans', 'DejaVu Sans', sans-serif`;
  pen.textBaseline = 'middle';
  pen.textAlign = how === 'type' ? 'left' : 'center';
  const shown = how === 'type' ? text.slice(0, Math.floor((t - from) * 18)) : text;
  for (const [row, line] of shown.split('\n').entries()) {
    const late = from + row * 0.18;
    const come = ramp(t, late, late + 0.45);
    const big = how === 'slam' ? mix(2.2, 1, spring(t, late, late + 0.7)) : 1;
    const x = { slide: mix(-500, 360, come), type: 56 }[how as 'slide' | 'type'] ?? 360;
    const down = how === 'rise' ? 70 * (1 - come) : 0;
    pen.globalAlpha = fade * (how === 'type' ? 1 : come);
    const tilt = how === 'band' ? -0.06 : 0;
    at(pen, x, y + row * size * 1.12 + down, tilt, big, () => {
      const wide = Math.min(628, pen.measureText(line).width);
      if (how === 'band') box(pen, -wide / 2 - 26, -size * 0.62, wide + 52, size * 1.22, look[3], 10);
      pen.fillStyle = how === 'band' ? look[1] : (look[colour] as string);
      pen.fillText(line, 0, 0, 628);
    });
  }
  pen.globalAlpha = 1;
}
