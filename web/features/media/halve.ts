/**
 * A picture of half the sides, reckoned from the camera's own pixels. A canvas would do it as well, and where the frames
 * come from memory and go back there it takes many times longer.
 */

/** A plane of pixels: `step` values lie side by side (the two colours of NV12 do). */
interface Plane {
  from: number;
  width: number;
  height: number;
  step: number;
}

const FORMATS = { I420: [1, 1], NV12: [2] } as const;
export type HalvedFormat = keyof typeof FORMATS;

export const halves = (format: string | null): format is HalvedFormat =>
  format !== null && Object.hasOwn(FORMATS, format);

/** @param width and height of the whole picture; both divisible by four */
function planesOf(format: HalvedFormat, width: number, height: number): Plane[] {
  let from = width * height;
  const colours = FORMATS[format].map((step) => {
    const plane = { from, width: width / 2, height: height / 2, step };
    from += plane.width * plane.height * step;
    return plane;
  });
  return [{ from: 0, width, height, step: 1 }, ...colours];
}

/** PURE: each pixel is the mean of four. @returns a picture of the same format */
export function halve(pixels: Uint8Array, format: HalvedFormat, width: number, height: number): Uint8Array {
  const out = new Uint8Array(pixels.length / 4);
  const targets = planesOf(format, width / 2, height / 2);
  for (const [i, source] of planesOf(format, width, height).entries()) {
    const { from, width: across, height: down, step } = targets[i] as Plane;
    const line = source.width * step;
    for (let y = 0; y < down; y += 1) {
      let at = source.from + 2 * y * line;
      let to = from + y * across * step;
      for (let x = 0; x < across; x += 1, at += 2 * step) {
        for (let part = 0; part < step; part += 1, to += 1) {
          const here = at + part;
          const sum =
            (pixels[here] as number) +
            (pixels[here + step] as number) +
            (pixels[here + line] as number) +
            (pixels[here + line + step] as number);
          out[to] = (sum + 2) >> 2;
        }
      }
    }
  }
  return out;
}
