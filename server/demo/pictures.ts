/** Portraits and wares of the demo, drawn from a few hues: nothing is downloaded, nobody real is shown. */
import sharp from 'sharp';
import type { Part, Ware } from './cast.ts';

const hsl = (hue: number, saturation: number, light: number): string => `hsl(${hue % 360} ${saturation}% ${light}%)`;

const svg = (size: number, inner: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 200 200">${inner}</svg>`,
  );

const SKINS = ['#f0c9a8', '#d9a27c', '#b97a56', '#8a5638', '#e7b894'];

/** Hair by the last digit of its hue: short, long, bun, curls, none to speak of. */
function hair(hue: number, tone: string): string {
  const shapes = [
    `<path d="M58 92c0-36 18-54 42-54s42 18 42 54c-6-20-18-28-42-28s-36 8-42 28z" fill="${tone}"/>`,
    `<path d="M54 150V92c0-36 20-56 46-56s46 20 46 56v58c-8 2-16 0-18-8V94c-4-18-12-26-28-26s-24 8-28 26v48c-2 8-10 10-18 8z" fill="${tone}"/>`,
    `<circle cx="100" cy="34" r="15" fill="${tone}"/><path d="M58 90c0-34 18-50 42-50s42 16 42 50c-8-16-20-24-42-24s-34 8-42 24z" fill="${tone}"/>`,
    `<g fill="${tone}"><circle cx="70" cy="62" r="20"/><circle cx="92" cy="48" r="22"/><circle cx="116" cy="50" r="21"/><circle cx="133" cy="66" r="18"/></g>`,
  ];
  return shapes[Math.floor(hue / 10) % shapes.length] as string;
}

/** A portrait as cut from paper. */
export function drawPortrait({ look: [ground, clothes, tone], age }: Part): Promise<Buffer> {
  const skin = SKINS[Math.floor((ground + 2 * clothes) / 10) % SKINS.length] as string;
  const grey = age > 50;
  const inner = `
    <rect width="200" height="200" fill="${hsl(ground, 42, 62)}"/>
    <circle cx="150" cy="46" r="62" fill="${hsl(ground + 24, 55, 71)}"/>
    <path d="M18 212c0-52 34-74 82-74s82 22 82 74z" fill="${hsl(clothes, 38, 38)}"/>
    <path d="M84 120h32v28c0 12-32 12-32 0z" fill="${skin}"/>
    <ellipse cx="100" cy="96" rx="37" ry="43" fill="${skin}"/>
    ${hair(tone, grey ? hsl(tone, 8, 66) : hsl(14 + (tone % 24), 36, 20))}
    <g fill="#2a1d16"><circle cx="86" cy="100" r="3.4"/><circle cx="114" cy="100" r="3.4"/></g>
    <path d="M88 118c7 7 17 7 24 0" fill="none" stroke="#2a1d16" stroke-width="3.4" stroke-linecap="round"/>`;
  return sharp(svg(480, inner)).jpeg({ quality: 86 }).toBuffer();
}

const WARES: Record<Ware['picture'], (clay: string, glaze: string, dark: string) => string> = {
  bowl: (clay, glaze, dark) => `
    <path d="M44 92h112c0 40-22 62-44 64H88c-22-2-44-24-44-64z" fill="${clay}"/>
    <path d="M44 92h112c0 22-6 38-15 49-16-14-30 6-46-6-12-9-24 2-34-2-11-11-17-22-17-41z" fill="${glaze}"/>
    <ellipse cx="100" cy="92" rx="56" ry="14" fill="${dark}"/>`,
  cup: (clay, glaze, dark) => `
    <path d="M140 92c24-4 28 38-4 36" fill="none" stroke="${clay}" stroke-width="11"/>
    <path d="M60 74h80l-6 76c-1 8-67 8-68 0z" fill="${clay}"/>
    <path d="M60 74h80l-3 38c-14 10-22-6-36 4-12 8-26 2-38-2z" fill="${glaze}"/>
    <ellipse cx="100" cy="74" rx="40" ry="9" fill="${dark}"/>`,
  vase: (clay, glaze, dark) => `
    <path d="M88 34h24c-2 22 4 28 16 44 18 24 14 66-4 84H76c-18-18-22-60-4-84 12-16 18-22 16-44z" fill="${clay}"/>
    <path d="M72 78c12-16 18-22 16-44h24c-2 22 4 28 16 44-18 12-38 12-56 0z" fill="${glaze}"/>
    <ellipse cx="100" cy="34" rx="12" ry="4" fill="${dark}"/>`,
  plate: (clay, glaze, dark) => `
    <ellipse cx="100" cy="138" rx="76" ry="20" fill="${dark}"/><ellipse cx="100" cy="128" rx="76" ry="20" fill="${clay}"/>
    <ellipse cx="100" cy="116" rx="76" ry="20" fill="${dark}"/><ellipse cx="100" cy="106" rx="76" ry="20" fill="${clay}"/>
    <ellipse cx="100" cy="94" rx="76" ry="20" fill="${clay}"/><ellipse cx="100" cy="93" rx="54" ry="12" fill="${glaze}"/>`,
  cloth: (clay, glaze, dark) => `
    <path d="M52 46h96v104c-16 8-32-6-48 0s-32 8-48 0z" fill="${clay}"/>
    <path d="M64 46h8v107h-8zM128 46h8v105h-8z" fill="${glaze}"/><path d="M52 62h96v5H52zM52 128h96v5H52z" fill="${dark}"/>`,
  cushion: (clay, glaze, dark) => `
    <path d="M44 52c36 10 76 10 112 0-10 32-10 64 0 98-36-10-76-10-112 0 10-34 10-66 0-98z" fill="${clay}"/>
    <path d="M70 76c20 5 40 5 60 0-5 17-5 34 0 50-20-5-40-5-60 0 5-16 5-33 0-50z" fill="${glaze}"/>
    <circle cx="100" cy="101" r="5" fill="${dark}"/>`,
  bag: (clay, glaze, dark) => `
    <path d="M62 52h76l6 104H56z" fill="${clay}"/><path d="M62 52l8-16h60l8 16z" fill="${dark}"/>
    <rect x="74" y="82" width="52" height="44" rx="6" fill="${glaze}"/><path d="M100 90c14 6 14 22 0 28-14-6-14-22 0-28z" fill="${dark}"/>`,
  jar: (clay, glaze, dark) => `
    <rect x="60" y="62" width="80" height="98" rx="18" fill="${clay}"/><rect x="60" y="104" width="80" height="56" rx="18" fill="${dark}"/>
    <rect x="56" y="42" width="88" height="26" rx="10" fill="${glaze}"/>`,
};

/** A ware on its shelf. `turn` tells variants of one ware apart. */
export function drawWare({ picture, hue }: Ware, turn = 0): Promise<Buffer> {
  const tone = hue + turn * 170;
  const inner = `
    <rect width="200" height="200" fill="${hsl(hue + 20, 26, 86)}"/><rect y="150" width="200" height="50" fill="${hsl(hue + 10, 24, 74)}"/>
    <ellipse cx="104" cy="158" rx="66" ry="8" fill="${hsl(hue, 20, 40)}" opacity=".28"/>
    ${WARES[picture](hsl(tone, 30, 56), hsl(tone + 12, 46, 76), hsl(tone, 32, 30))}`;
  return sharp(svg(1000, inner)).jpeg({ quality: 84 }).toBuffer();
}
