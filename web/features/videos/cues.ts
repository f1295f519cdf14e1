/** PURE: captions to read along, as WebVTT and as lines in an editor. */

export interface Cue {
  from_ms: number;
  to_ms: number;
  text: string;
}

const TIME = /^(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)(?:[.,](\d{1,3}))?$/;

/** "1:02.5", "00:01:02.500" or plain seconds → milliseconds; null: no time. */
export function readTime(text: string): number | null {
  const plain = text.trim();
  if (/^\d+([.,]\d{1,3})?$/.test(plain)) return Math.round(Number(plain.replace(',', '.')) * 1_000);
  const [, h = '0', m = '0', s = '0', ms = '0'] = TIME.exec(plain) ?? [];
  if (!TIME.test(plain)) return null;
  return (Number(h) * 3_600 + Number(m) * 60 + Number(s)) * 1_000 + Number(ms.padEnd(3, '0'));
}

const two = (n: number) => String(n).padStart(2, '0');

/** For people: 1:02.500 */
export function writeTime(ms: number): string {
  const whole = Math.floor(ms / 1_000);
  return `${Math.floor(whole / 60)}:${two(whole % 60)}.${String(ms % 1_000).padStart(3, '0')}`;
}

function vttTime(ms: number): string {
  const whole = Math.floor(ms / 1_000);
  const [h, m] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60];
  return `${two(h)}:${two(m)}:${two(whole % 60)}.${String(ms % 1_000).padStart(3, '0')}`;
}

const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const PLAIN: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': ' ',
  '&lrm;': '',
  '&rlm;': '',
};

export function writeVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(({ from_ms, to_ms, text }) => {
    const lines = text
      .replaceAll(/[&<>]/g, (sign) => ESCAPED[sign] ?? sign)
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    return `${vttTime(from_ms)} --> ${vttTime(to_ms)}\n${lines.join('\n')}`;
  });
  return `WEBVTT\n\n${blocks.join('\n\n')}\n`;
}

/** Reads WebVTT or SubRip as other programs write them: styles, notes and markup fall away. Null: neither of them. */
export function readVtt(file: string): Cue[] | null {
  const blocks = file
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n{2,}/);
  const cues = blocks.flatMap((block) => {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => line.includes('-->'));
    const [from, to] = (lines[at] ?? '').split('-->').map((part) => readTime(part.trim().split(/\s/)[0] ?? ''));
    if (at < 0 || from == null || to == null || to <= from) return [];
    const text = lines
      .slice(at + 1)
      .join('\n')
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/&\w+;/g, (name) => PLAIN[name] ?? name)
      .trim();
    return text ? [{ from_ms: from, to_ms: to, text }] : [];
  });
  if (cues.length === 0 && !file.trimStart().startsWith('WEBVTT')) return null;
  return cues.toSorted((a, b) => a.from_ms - b.from_ms);
}

/** Which cues cannot stand as they are, by their place: no text, an end before the start, beyond the video. */
export function faultsOf(cues: readonly Cue[], duration_ms: number): Map<number, 'text' | 'times' | 'beyond'> {
  const faults = new Map<number, 'text' | 'times' | 'beyond'>();
  for (const [i, { from_ms, to_ms, text }] of cues.entries()) {
    if (!text.trim()) faults.set(i, 'text');
    else if (to_ms <= from_ms) faults.set(i, 'times');
    else if (from_ms >= duration_ms) faults.set(i, 'beyond');
  }
  return faults;
}
