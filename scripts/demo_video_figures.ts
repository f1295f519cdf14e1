/** What moves in the short videos of potter, runner and cook. Runs in the browser. */

import { drawHands, drawPot, drawWheel } from './demo_loop_wheel.ts';
import {
  at,
  box,
  chance,
  ellipse,
  type Look,
  limb,
  mix,
  type Pen,
  type Point,
  poly,
  ramp,
  shade,
  spring,
  sway,
  TAU,
} from './demo_video_brushes.ts';

/** @param length of the film, seconds */
export type Figure = (pen: Pen, look: Look, t: number, length: number) => void;

/** Half a ball with a rim, its foot at the origin. */
export function bowl(pen: Pen, wide: number, high: number, colour: string, inside: string): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(-wide, -high);
  pen.bezierCurveTo(-wide * 0.95, -high * 0.1, -wide * 0.4, 0, -wide * 0.34, 0);
  pen.lineTo(wide * 0.34, 0);
  pen.bezierCurveTo(wide * 0.4, 0, wide * 0.95, -high * 0.1, wide, -high);
  pen.fill();
  ellipse(pen, 0, -high, wide, wide * 0.24, inside);
}

export const wheel: Figure = (pen, _look, t) =>
  at(pen, -70, -60, 0, 1.2, () => {
    drawWheel(pen, t);
    drawPot(pen, 5 + t * 4.6);
    drawHands(pen, 5 + t * 1.4);
  });

export const glaze: Figure = (pen, look, t) => {
  const down = ramp(t, 1.4, 3) - ramp(t, 4, 5.4);
  at(pen, 360, 860 + 150 * down, 0.12 * sway(t, 0.3), 1, () => {
    bowl(pen, 200, 190, '#d9b08c', '#a97850');
    pen.save();
    pen.beginPath();
    pen.rect(-260, -40 - 190 * ramp(t, 2, 3), 520, 320);
    pen.clip();
    if (t > 2) bowl(pen, 200, 190, look[3], look[4]);
    pen.restore();
  });
  box(pen, 90, 930, 540, 420, look[1], 40);
  ellipse(pen, 360, 934, 270, 44, look[3]);
  for (let i = 0; i < 3; i += 1) {
    const wide = 120 + 150 * ((t * 0.5 + i / 3) % 1);
    pen.strokeStyle = `rgba(255,255,255,${0.5 * (1 - (wide - 120) / 150)})`;
    pen.lineWidth = 4;
    pen.beginPath();
    pen.ellipse(360, 934, wide, wide * 0.15, 0, 0, TAU);
    pen.stroke();
  }
};

export const kiln: Figure = (pen, look, t, length) => {
  const hot = ramp(t, 0, length - 1.5);
  box(pen, 90, 560, 540, 600, '#3a2522', 36);
  box(
    pen,
    140,
    610,
    440,
    500,
    shade(pen, [0, 610], [0, 1_110], '#120808', `rgb(${60 + 195 * hot},${40 * hot + 20},10)`),
    220,
  );
  for (const [i, x] of [240, 360, 480].entries()) {
    const glow = `rgb(${120 + 135 * hot},${70 + 110 * hot},${50 + 40 * hot})`;
    at(pen, x, 1_080, 0, 1 + 0.02 * sway(t, 1, i), () => bowl(pen, 56, 70 + 30 * i, glow, '#5a2413'));
  }
  pen.font = "800 150px 'Open Sans', 'DejaVu Sans', sans-serif";
  pen.textAlign = 'center';
  pen.fillStyle = look[2];
  pen.fillText(`${Math.round(20 + 1_220 * hot)}°`, 380, 440);
};

export const mending: Figure = (pen, look, t) => {
  const apart = spring(t, 0.9, 1.6) * (1 - ramp(t, 2.6, 4));
  const gold = ramp(t, 4, 5.6);
  for (let i = 0; i < 5; i += 1) {
    const a = (i / 5) * TAU + 0.5;
    const away: Point = [150 * apart * Math.cos(a + TAU / 10), 150 * apart * Math.sin(a + TAU / 10)];
    at(pen, 360 + away[0], 790 + away[1], 0.3 * apart * (chance(i) - 0.5), 1, () => {
      for (const [wide, colour] of [
        [270, look[4]],
        [200, look[3]],
        [60, look[4]],
      ] as const) {
        pen.fillStyle = colour;
        pen.beginPath();
        pen.moveTo(0, 0);
        pen.arc(0, 0, wide, a, a + TAU / 5 + 0.01);
        pen.fill();
      }
    });
    const tip: Point = [360 + 270 * gold * Math.cos(a), 790 + 270 * gold * Math.sin(a)];
    if (gold > 0) limb(pen, 11, '#f2c230', [360, 790], [(360 + tip[0]) / 2 + 24, (790 + tip[1]) / 2], tip);
  }
};

/** A runner in profile whose feet meet the ground at the origin. */
export function runner(pen: Pen, look: Look, t: number, pace: number): void {
  const step = t * pace * TAU;
  const up = -14 * Math.abs(Math.sin(step));
  const hip: Point = [0, -190 + up];
  const neck: Point = [34, -350 + up];
  const arm = (phase: number, colour: string) => {
    const swing = Math.sin(step + phase);
    limb(
      pen,
      26,
      colour,
      neck,
      [neck[0] - 60 * swing - 20, neck[1] + 90],
      [neck[0] + 30 - 90 * swing, neck[1] + 100 - 40 * swing],
    );
  };
  const leg = (phase: number, colour: string) => {
    const swing = Math.sin(step + phase);
    const lift = Math.max(0, Math.cos(step + phase));
    const foot: Point = [100 * swing - 20, -70 * lift];
    limb(pen, 36, colour, hip, [50 + 70 * swing, -110 - 40 * lift], foot);
    limb(pen, 30, look[4], foot, [foot[0] + 18, foot[1] + 2], [foot[0] + 36, foot[1]]);
  };
  arm(0, '#a9745a');
  leg(Math.PI, '#25304a');
  limb(pen, 64, look[3], hip, [10, -270 + up], neck);
  leg(0, '#334468');
  ellipse(pen, 56, -420 + up, 42, 48, '#c98f70');
  limb(pen, 26, '#3a2320', [26, -446 + up], [40, -474 + up], [84, -456 + up]);
  arm(Math.PI, '#c98f70');
}

export const canal: Figure = (pen, look, t) => {
  for (let i = 0; i < 5; i += 1) {
    const x = 820 - ((t * 150 + i * 200) % 1_000);
    limb(pen, 22, '#4a3a30', [x, 1_010], [x + 6, 800], [x, 690]);
    ellipse(pen, x, 640 + 6 * sway(t, 0.3, i), 90, 120, look[i % 2 ? 4 : 3]);
  }
  box(pen, 0, 1_010, 720, 300, look[1]);
  for (let i = 0; i < 9; i += 1) {
    const x = 760 - ((t * 330 + i * 97) % 860);
    box(pen, x, 1_080 + (i % 4) * 46, 90, 7, 'rgba(255,255,255,0.4)', 4);
  }
  at(pen, 340, 1_014, 0.06, 1, () => runner(pen, look, t, 1.35));
};

export const hill: Figure = (pen, look, t) => {
  const slope = (x: number) => 1_130 - x * 0.52;
  poly(pen, look[4], [0, slope(0)], [720, slope(720)], [720, 1_280], [0, 1_280]);
  for (let i = 0; i < 8; i += 1) {
    const x = 800 - ((t * 150 + i * 120) % 960);
    limb(pen, 8, look[1], [x, slope(x) + 12], [x + 8, slope(x) - 20], [x + 24, slope(x) - 34]);
  }
  at(pen, 300 + 14 * sway(t, 0.2), slope(300), -0.2, 0.86, () => runner(pen, look, t, 1.8));
  ellipse(pen, 590, 560, 70, 70, look[3]);
};

export const breath: Figure = (pen, look, t) => {
  const full = 0.5 - 0.5 * Math.cos((t / 4) * TAU);
  for (let i = 4; i >= 0; i -= 1) {
    const wide = mix(90, 290, full) + i * mix(10, 26, full);
    pen.globalAlpha = 0.24;
    ellipse(pen, 360, 800, wide, wide, look[i % 2 ? 3 : 4]);
  }
  pen.globalAlpha = 1;
  ellipse(pen, 360, 800, mix(80, 250, full), mix(80, 250, full), look[3]);
  pen.font = "800 76px 'Open Sans', 'DejaVu Sans', sans-serif";
  pen.textAlign = 'center';
  pen.fillStyle = look[1];
  pen.fillText((t / 4) % 1 < 0.5 ? 'in' : 'out', 360, 800);
};

export const shoe: Figure = (pen, look, t) => {
  at(pen, 360, 930, -0.1 * spring(t, 0.2, 1.4), 1 + 0.02 * sway(t, 1), () => {
    box(pen, -260, 40, 540, 56, '#ffffff', 28);
    poly(pen, look[3], [-250, 44], [-240, -150], [-130, -170], [-60, -90], [170, -30], [262, 44]);
    poly(pen, look[4], [-250, 44], [-240, -150], [-190, -158], [-170, 44]);
    for (let i = 0; i < 5; i += 1) {
      const tied = ramp(t, 1 + i * 0.7, 1.5 + i * 0.7);
      const [x, y] = [140 - i * 50, -46 - i * 17];
      limb(pen, 12, '#ffffff', [x, y], [x - 30 * tied, y - 30 * tied], [mix(x, x - 64, tied), mix(y, y + 10, tied)]);
    }
    const bow = spring(t, 4.6, 5.6);
    for (const side of [-1, 1])
      limb(pen, 12, '#ffffff', [-110, -160], [-110 + 110 * side * bow, -250 * bow - 20], [-108 + 20 * side, -150]);
  });
};

/** A folded dumpling round the origin. */
function dumpling(pen: Pen, folded: number): void {
  poly(pen, '#f6e3bf', [-70, mix(-70, 24, folded)], [70, mix(-70, 24, folded)], [70, 70], [-70, 70]);
  if (folded < 1) ellipse(pen, 0, 6, 26, 22, '#a4543c');
  for (let i = 0; i < 4; i += 1) {
    const a = (i / 4) * TAU + TAU / 8;
    const to: Point = [mix(98, 8, folded) * Math.cos(a), 20 + mix(80, -46 + 20 * i, folded) * Math.sin(a)];
    limb(pen, 20, i % 2 ? '#ecd2a2' : '#fff1d6', [48 * Math.cos(a), 30 + 34 * Math.sin(a)], [20, 20], to);
  }
}

export const manti: Figure = (pen, _look, t) => {
  for (let i = 0; i < 12; i += 1) {
    const come = spring(t, 0.3 + i * 0.3, 0.9 + i * 0.3);
    const folded = ramp(t, 1.2 + i * 0.35, 1.9 + i * 0.35);
    if (come <= 0) continue;
    at(pen, 140 + (i % 3) * 220, 520 + Math.floor(i / 3) * 160, 0.08 * sway(t, 0.4, i), 0.82 * come, () =>
      dumpling(pen, folded),
    );
  }
};

export const chopping: Figure = (pen, look, t) => {
  box(pen, 50, 880, 620, 110, '#a9713f', 24);
  const cut = Math.min(11, Math.floor(t * 1.9));
  const hit = Math.abs(Math.sin(t * 1.9 * Math.PI));
  box(pen, 100, 800, 440 - cut * 36, 84, look[3], 42);
  for (let i = 0; i < cut; i += 1) {
    at(pen, 610 - i * 37, 850, 0.4 + chance(i), 1, () => {
      ellipse(pen, 0, 0, 16, 40, look[3]);
      ellipse(pen, 2, 0, 10, 30, look[4]);
    });
  }
  at(pen, 548 - cut * 36, 880 - 150 * hit, -0.1 * hit, 1, () => {
    poly(pen, '#e9eef2', [0, 0], [-250, -20], [-250, -110], [20, -110]);
    box(pen, 14, -114, 150, 46, '#2b2226', 20);
  });
};

export const dough: Figure = (pen, look, t, length) => {
  const up = ramp(t, 0.4, length - 1);
  const top = mix(1_000, 640, up);
  box(pen, 190, 570, 340, 530, 'rgba(255,255,255,0.28)', 60);
  box(pen, 206, top, 308, 1_084 - top, look[3], 44);
  ellipse(pen, 360, top + 14, 154, 40 + 24 * up, look[3]);
  for (let i = 0; i < 20; i += 1) {
    const y = mix(1_060, top + 20, chance(i + 4));
    const size = (6 + 16 * chance(i)) * up * (0.8 + 0.2 * sway(t, 0.8, i));
    ellipse(pen, 230 + 260 * chance(i + 30), y, size, size, look[4]);
  }
  limb(pen, 12, '#c0392b', [180, 1_000], [360, 1_010], [540, 1_000]);
  box(pen, 180, 540, 360, 44, '#ffffff', 14);
  pen.font = "800 72px 'Open Sans', 'DejaVu Sans', sans-serif";
  pen.textAlign = 'center';
  pen.fillStyle = look[2];
  pen.fillText(`${Math.floor(12 * up)} h`, 360, 470);
};
