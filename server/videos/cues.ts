/** Captions as WebVTT (W3C): read from what a person sends, written for players. PURE. */
import { plainLines } from '../kernel/plain.ts';

export interface Cue {
  from_ms: number;
  to_ms: number;
  text: string;
}

const MOST_CUES = 2_000;
const LONGEST = 500;
const TIMES = /^(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})[ \t]+-->[ \t]+(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})/;
const PLAIN: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&nbsp;': ' ' };
const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** The cues of a file in the order of their times, without markup, styles and notes; null where it is no WebVTT. */
export function readCues(file: string): Cue[] | null {
  const [head = '', ...blocks] = file
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n{2,}/);
  if (!/^WEBVTT([ \t\n]|$)/.test(head)) return null;
  const cues: Cue[] = [];
  for (const block of blocks) {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => line.includes('-->'));
    if (at < 0 || at > 1) continue;
    const times = TIMES.exec((lines[at] as string).trim());
    const text = textOf(lines.slice(at + 1));
    if (!times || text.length > LONGEST || cues.length >= MOST_CUES) return null;
    const [, h1 = '0', m1, s1, f1, h2 = '0', m2, s2, f2] = times;
    const [from_ms, to_ms] = [msOf(h1, m1, s1, f1), msOf(h2, m2, s2, f2)];
    if (to_ms <= from_ms) return null;
    if (text) cues.push({ from_ms, to_ms, text });
  }
  return cues.toSorted((a, b) => a.from_ms - b.from_ms);
}

const msOf = (...[h, m, s, ms]: (string | undefined)[]): number =>
  (Number(h) * 3_600 + Number(m) * 60 + Number(s)) * 1_000 + Number(ms);

const textOf = (lines: string[]): string =>
  plainLines(
    lines
      .join('\n')
      .replaceAll(/<[^>\n]{0,200}>/g, '')
      .replaceAll(/&(?:amp|lt|gt|nbsp);/g, (name) => PLAIN[name] ?? name),
  );

export function writeCues(cues: readonly Cue[]): string {
  const blocks = cues.map(({ from_ms, to_ms, text }) => {
    const escaped = text.replaceAll(/[&<>]/g, (sign) => ESCAPED[sign] ?? sign);
    return `${timeOf(from_ms)} --> ${timeOf(to_ms)}\n${escaped.replaceAll(/\n{2,}/g, '\n')}\n`;
  });
  return ['WEBVTT\n', ...blocks].join('\n');
}

const two = (n: number) => String(n).padStart(2, '0');

function timeOf(ms: number): string {
  const s = Math.floor(ms / 1_000);
  return `${two(Math.floor(s / 3_600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}.${String(ms % 1_000).padStart(3, '0')}`;
}
