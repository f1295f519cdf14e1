/** Words on the picture: drawn the same way in the editor and into the frames. */

export interface Words {
  text: string;
  /** Middle of the words, as shares of the picture's width and height. */
  x: number;
  y: number;
  /** Height of a line as a share of the picture's width. */
  size: number;
  look: 'plain' | 'box';
}

export const LOOKS = ['plain', 'box'] as const;
export const SIZES = [0.06, 0.085, 0.12] as const;
export const LONGEST = 120;
const MARGIN = 0.06;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Breaks at spaces and where the writer broke; a word that is too long stands alone. */
export function linesOf(text: string, fits: (line: string) => boolean): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.split(/\s+/).filter(Boolean)) {
      const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
      if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  });
}

export function drawWords(pen: Pen, all: readonly Words[], width: number, height: number): void {
  for (const words of all) drawOne(pen, words, width, height);
}

function drawOne(pen: Pen, { text, x, y, size, look }: Words, width: number, height: number): void {
  const px = size * width;
  pen.save();
  pen.font = `700 ${px}px ${FONT}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  const room = width * (1 - 2 * MARGIN);
  const lines = linesOf(text, (line) => pen.measureText(line).width <= room);
  const step = px * 1.24;
  for (const [i, line] of lines.entries()) {
    const at = y * height + (i - (lines.length - 1) / 2) * step;
    const wide = pen.measureText(line).width;
    if (look === 'box') {
      pen.fillStyle = '#fff';
      pen.beginPath();
      pen.roundRect(x * width - wide / 2 - px * 0.3, at - step / 2, wide + px * 0.6, step, px * 0.25);
      pen.fill();
    }
    if (look === 'plain') {
      // A dark rim, so that white words stand on white pictures too.
      pen.lineJoin = 'round';
      pen.lineWidth = px * 0.16;
      pen.strokeStyle = 'rgb(0 0 0 / 0.65)';
      pen.strokeText(line, x * width, at);
    }
    pen.fillStyle = look === 'plain' ? '#fff' : '#111';
    pen.fillText(line, x * width, at);
  }
  pen.restore();
}
