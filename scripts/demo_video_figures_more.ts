/** What moves in the short videos of collector, teenager, comedian and the two shops. Runs in the browser. */
import {
  at,
  box,
  chance,
  ellipse,
  limb,
  mix,
  type Point,
  poly,
  ramp,
  shade,
  spring,
  sway,
  TAU,
} from './demo_video_brushes.ts';
import { bowl, type Figure } from './demo_video_figures.ts';

export const camera: Figure = (pen, look, t) =>
  at(pen, 360, 820, 0.05 * sway(t, 0.25), spring(t, 0, 1), () => {
    box(pen, -270, -160, 540, 340, '#1f1d1b', 40);
    box(pen, -270, -160, 540, 92, look[3], 40);
    box(pen, -90, -220, 180, 90, look[3], 24);
    ellipse(pen, 0, 24, 150, 150, '#3a3734');
    ellipse(pen, 0, 24, 124, 124, look[4]);
    const open = 20 + 84 * (0.5 + 0.5 * sway(t, 0.32));
    for (let i = 0; i < 8; i += 1) {
      const a = (i / 8) * TAU + open / 60;
      const p = (turn: number, r: number): Point => [r * Math.cos(a + turn), 24 + r * Math.sin(a + turn)];
      poly(pen, i % 2 ? '#15130f' : '#262320', p(0, 122), p(TAU / 8, 122), p(TAU / 8 + 0.5, open));
    }
    ellipse(pen, -40, -14, 26, 18, 'rgba(255,255,255,0.6)');
    if (t % 2.6 > 2.45) box(pen, -600, -1_000, 1_200, 2_000, 'rgba(255,255,255,0.8)');
  });

export const stamps: Figure = (pen, look, t) => {
  for (let i = 0; i < 9; i += 1) {
    const turn = ramp(t, 0.5 + i * 0.4, 1.2 + i * 0.4);
    const missing = i === 5;
    pen.save();
    pen.translate(150 + (i % 3) * 210, 560 + Math.floor(i / 3) * 220);
    pen.scale(Math.max(0.04, Math.abs(Math.cos(turn * Math.PI))), 1);
    box(pen, -84, -96, 168, 192, missing && turn > 0.5 ? 'rgba(0,0,0,0.25)' : '#fbf3e2', 6);
    if (turn > 0.5 && !missing) {
      box(pen, -68, -80, 136, 160, [look[3], look[4], '#3b6a8f'][i % 3] as string);
      ellipse(pen, 0, 10, 30 + 5 * (i % 4), 42, '#fbf3e2');
      poly(pen, '#fbf3e2', [-60, 74], [-20 + i * 4, 20], [60, 74]);
    }
    pen.restore();
    if (missing && turn === 1) {
      pen.font = "800 110px 'Open Sans', 'DejaVu Sans', sans-serif";
      pen.textAlign = 'center';
      pen.fillStyle = look[2];
      pen.fillText('?', 570, 780 + 14 * sway(t, 1));
    }
  }
};

export const clockwork: Figure = (pen, look, t) => {
  for (const [x, y, wide, teeth, way] of [
    [270, 720, 190, 14, 1],
    [510, 900, 130, 10, -1.4],
    [250, 1_010, 92, 8, -2],
  ] as const) {
    at(pen, x, y, t * 0.7 * way, 1, () => {
      for (let i = 0; i < teeth; i += 1)
        at(pen, 0, 0, (i / teeth) * TAU, 1, () => box(pen, wide - 16, -16, 44, 32, look[3], 6));
      ellipse(pen, 0, 0, wide, wide, look[3]);
      ellipse(pen, 0, 0, wide * 0.78, wide * 0.78, look[1]);
      for (let i = 0; i < 5; i += 1) at(pen, 0, 0, (i / 5) * TAU, 1, () => box(pen, 0, -9, wide * 0.82, 18, look[4]));
      ellipse(pen, 0, 0, wide * 0.2, wide * 0.2, look[3]);
    });
  }
};

export const ollie: Figure = (pen, look, t) => {
  box(pen, 0, 1_060, 720, 220, look[1]);
  for (let i = 0; i < 5; i += 1) box(pen, 760 - ((t * 420 + i * 190) % 950), 1_130, 110, 10, look[3], 5);
  const jump = t % 2.2;
  const up = jump < 1.1 ? Math.sin((jump / 1.1) * Math.PI) : 0;
  const spin = jump < 1.1 ? (jump / 1.1) * TAU : 0;
  pen.save();
  pen.translate(360, 1_010 - 260 * up);
  pen.scale(1, Math.cos(spin));
  limb(pen, 26, look[4], [-190, -30], [0, 14], [190, -30]);
  for (const x of [-110, 110]) ellipse(pen, x, 28, 24, 24, '#ffffff');
  pen.restore();
  at(pen, 350, 980 - 330 * up, 0.06 * sway(t, 0.5), 1, () => {
    for (const side of [-1, 1]) {
      limb(pen, 40, '#2a2f45', [10, -150], [90 * side, -90 + 30 * up], [70 * side, -6]);
      limb(pen, 26, look[3], [0, -290], [120 * side, -300 - 60 * up], [150 * side, -230 - 130 * up]);
    }
    limb(pen, 84, look[3], [8, -160], [0, -220], [0, -280]);
    ellipse(pen, 6, -372, 50, 56, '#d7a98c');
    poly(pen, '#1d1d2b', [-52, -384], [62, -384], [96, -372], [54, -438], [-44, -438]);
  });
};

export const parabola: Figure = (pen, look, t) => {
  const spot = (x: number): Point => [360 + x * 280, 1_060 - 430 * x * x];
  limb(pen, 5, look[2], [40, 1_060], [360, 1_060], [680, 1_060]);
  limb(pen, 5, look[2], [360, 1_140], [360, 800], [360, 500]);
  const drawn = ramp(t, 0.4, 2.4) * 2 - 1;
  pen.strokeStyle = look[3];
  pen.lineWidth = 14;
  pen.beginPath();
  for (let x = -1; x <= drawn; x += 0.02) pen.lineTo(...spot(x));
  pen.stroke();
  if (t < 2.6) return;
  const x = Math.cos((t - 2.6) * 2.6) * -0.96;
  const [left, top] = spot(x);
  at(pen, left, top - 20, Math.atan(-3.07 * x), 1, () => {
    limb(pen, 18, look[4], [-80, -18], [0, 4], [80, -18]);
    for (const wheel of [-44, 44]) ellipse(pen, wheel, 8, 13, 13, look[2]);
    limb(pen, 22, '#2a2f45', [-30, -24], [-6, -70], [0, -110]);
    limb(pen, 22, '#2a2f45', [34, -24], [30, -70], [0, -110]);
    limb(pen, 40, look[3], [0, -110], [0, -150], [4, -180]);
    ellipse(pen, 6, -226, 28, 32, '#d7a98c');
  });
};

export const stairs: Figure = (pen, look, t) => {
  for (let i = 0; i < 4; i += 1)
    box(pen, 0, 860 + i * 90, 200 + i * 130, 460, `rgb(${40 + 16 * i},${38 + 14 * i},${70 + 20 * i})`);
  const go = (t % 3) / 3;
  const x = mix(-120, 860, go);
  const fly = Math.max(0, Math.sin(((x - 120) / 480) * Math.PI)) * (x > 120 && x < 600 ? 1 : 0);
  const y = mix(850, 1_120, Math.min(1, Math.max(0, (x - 150) / 440))) - 190 * fly;
  for (let k = 4; k >= 0; k -= 1) {
    pen.globalAlpha = k === 0 ? 1 : 0.14;
    at(pen, x - k * 46, y + k * 6, -0.24 * fly, 1, () => {
      limb(pen, 18, look[3], [-90, -20], [0, 0], [90, -20]);
      for (const wheel of [-50, 50]) ellipse(pen, wheel, 6, 14, 14, look[4]);
      limb(pen, 28, '#11131f', [-44, -22], [-10, -100 + 30 * fly], [0, -130]);
      limb(pen, 28, '#11131f', [48, -22], [60, -90], [0, -130]);
      limb(pen, 54, look[4], [0, -140], [10, -180], [4, -220]);
      ellipse(pen, 8, -282, 36, 42, '#d7a98c');
    });
  }
  pen.globalAlpha = 1;
};

export const microphone: Figure = (pen, look, t) => {
  poly(pen, 'rgba(255,244,200,0.18)', [360 + 50 * sway(t, 0.15), -40], [40, 1_280], [680, 1_280]);
  ellipse(pen, 360, 1_170, 260, 50, 'rgba(0,0,0,0.4)');
  limb(pen, 16, '#cfd3da', [360, 1_160], [364, 950], [360 + 12 * sway(t, 0.4), 760]);
  at(pen, 360 + 12 * sway(t, 0.4), 700, 0.3 + 0.06 * sway(t, 0.4), 1, () => {
    poly(pen, '#2b2b31', [-44, 20], [44, 20], [26, 170], [-26, 170]);
    ellipse(pen, 0, -30, 82, 88, shade(pen, [-80, 0], [80, 0], '#5e626b', '#e6e9ee', '#6c7079'));
    for (let i = -3; i <= 3; i += 1) limb(pen, 3, 'rgba(20,20,28,0.5)', [i * 22, -106], [i * 27, -30], [i * 22, 46]);
    box(pen, -86, -40, 172, 20, look[3], 8);
  });
};

export const meeting: Figure = (pen, look, t) => {
  for (let i = 0; i < 4; i += 1) {
    const [x, y] = [200 + (i % 2) * 320, 660 + Math.floor(i / 2) * 320];
    box(pen, x - 145, y - 130, 290, 270, look[i % 3 ? 3 : 4], 26);
    const asleep = t > 2.5 + i * 0.7;
    at(pen, x, y + 20, asleep ? 0.5 * ramp(t, 2.5 + i * 0.7, 3.3 + i * 0.7) : 0.05 * sway(t, 0.5, i), 1, () => {
      ellipse(pen, 0, 90, 92, 60, look[1]);
      ellipse(pen, 0, -6, 54, 62, ['#d7a98c', '#8d5b42', '#e6c1a3', '#b57f62'][i] as string);
      for (const eye of [-20, 20]) {
        if (asleep) limb(pen, 5, '#2a1b18', [eye - 10, -12], [eye, -4], [eye + 10, -12]);
        else ellipse(pen, eye, -12, 6, 7, '#2a1b18');
      }
      if (asleep) ellipse(pen, 0, 26, 10, 8 + 6 * Math.abs(sway(t, 0.4, i)), '#2a1b18');
      else limb(pen, 5, '#2a1b18', [-16, 22], [0, 26 + 12 * sway(t, 2, i)], [16, 22]);
    });
  }
};

export const shelf: Figure = (pen, look, t) => {
  const fall = ramp(t, 3.6, 4.3);
  at(pen, 160, 1_100, 0.05 * sway(t, 0.6) * (1 - fall) + 0.5 * fall, 1, () => {
    for (const x of [0, 380]) box(pen, x, -580, 30, 580, look[3], 6);
    for (let i = 0; i < 4; i += 1) {
      const come = spring(t, 0.4 + i * 0.6, 1.1 + i * 0.6);
      if (come > 0)
        at(pen, 15, -40 - i * 170, 0.04 * (i % 2 ? 1 : -1) + 0.3 * fall * (i % 2 ? -1 : 1), come, () =>
          box(pen, 0, 0, 380, 28, look[4], 6),
        );
    }
  });
  at(pen, 600, mix(300, 1_090, ramp(t, 4.6, 5.2)), 2 * t * (1 - ramp(t, 4.6, 5.2)), 1, () => {
    box(pen, -26, -60, 52, 26, '#c8ccd2', 8);
    box(pen, -9, -40, 18, 90, '#9aa0a8', 4);
  });
};

export const loom: Figure = (pen, look, t, length) => {
  const rows = Math.floor(ramp(t, 0, length - 1) * 22) + 1;
  for (let i = 0; i < 16; i += 1) box(pen, 76 + i * 36, 480, 16, 700, 'rgba(255,255,255,0.6)', 8);
  for (let row = 0; row < rows; row += 1) {
    for (let i = 0; i < 16; i += 1) {
      if ((i + row) % 2) continue;
      box(pen, 66 + i * 36, 1_150 - row * 30, 38, 26, look[row % 6 < 4 ? 3 : 4], 8);
    }
  }
  const x = 360 + 300 * Math.sin(t * 3.4);
  at(pen, x, 1_150 - rows * 30, 0, 1, () => {
    poly(pen, '#8a5a34', [-120, 0], [-60, -26], [60, -26], [120, 0], [60, 26], [-60, 26]);
    box(pen, -44, -12, 88, 24, look[4], 12);
  });
};

export const washing: Figure = (pen, look, t) => {
  limb(pen, 6, '#5a4632', [-20, 520], [360, 580], [740, 520]);
  for (let i = 0; i < 3; i += 1) {
    const left = 60 + i * 215;
    pen.fillStyle = look[i === 1 ? 4 : 3];
    pen.beginPath();
    const blow = (y: number, phase: number) => 46 * (y / 420) * Math.sin(t * 2.6 + i + y / 130 + phase);
    for (let y = 0; y <= 420; y += 30) pen.lineTo(left + blow(y, 0), 550 + y);
    for (let y = 420; y >= 0; y -= 30) pen.lineTo(left + 180 + blow(y, 0.5), 550 + y);
    pen.fill();
    for (const peg of [24, 156]) box(pen, left + peg, 530, 14, 50, '#c89a5e', 4);
    for (const y of [330, 360])
      limb(pen, 9, '#ffffff', [left + blow(y, 0), 550 + y], [left + 90, 556 + y], [left + 180 + blow(y, 0.5), 550 + y]);
  }
};

export const roasting: Figure = (pen, look, t, length) => {
  const done = ramp(t, 0.5, length - 1);
  ellipse(pen, 360, 810, 300, 300, '#26211f');
  ellipse(pen, 360, 810, 262, 262, '#0f0c0b');
  for (let i = 0; i < 46; i += 1) {
    const a = t * 2.4 + chance(i) * TAU;
    const away = 60 + 180 * chance(i + 60);
    const colour = `rgb(${mix(150, 74, done)},${mix(160, 40, done)},${mix(96, 22, done)})`;
    at(pen, 360 + away * Math.cos(a), 830 + away * Math.sin(a) * 0.9, a * 2 + i, 1, () => {
      ellipse(pen, 0, 0, 26, 18, colour);
      limb(pen, 3, 'rgba(20,8,4,0.6)', [-22, 0], [0, 6 * (i % 2 ? 1 : -1)], [22, 0]);
    });
  }
  pen.lineWidth = 22;
  pen.strokeStyle = look[3];
  pen.beginPath();
  pen.arc(360, 810, 300, -TAU / 4, -TAU / 4 + TAU * done);
  pen.stroke();
};

export const pouring: Figure = (pen, look, t) => {
  const round = t * 2.2;
  const x = 360 + 60 * Math.cos(round);
  limb(pen, 12, look[3], [x + 20, 480], [x + 4, 600], [x, 700]);
  poly(pen, '#ffffff', [190, 660], [530, 660], [410, 870], [310, 870]);
  ellipse(pen, 360, 664, 170, 40, '#6b4128');
  ellipse(pen, 360, 664, 60 + 90 * ramp(t, 0.3, 3), 14 + 22 * ramp(t, 0.3, 3), '#a97850');
  for (let i = 0; i < 3; i += 1) ellipse(pen, 360, 880 + ((t * 1.6 + i / 3) % 1) * 130, 7, 11, '#4a2412');
  at(pen, 360, 1_170, 0, 1, () => {
    bowl(pen, 150, 170, look[4], '#3a1d10');
    ellipse(pen, 0, -170, 130, 26 * ramp(t, 0, 5) + 3, '#4a2412');
    limb(pen, 24, look[4], [140, -130], [230, -110], [112, -50]);
  });
};
