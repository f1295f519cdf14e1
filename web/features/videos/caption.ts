/** PURE: the tag or name that is being written in a caption. */

export interface Begun {
  sign: '#' | '@';
  /** What stands behind the sign so far. */
  start: string;
}

const BEGUN = /(?:^|\s)([#@])([\p{L}\p{N}_.]{0,60})$/u;

/** What is begun right before the caret; null where nothing is. */
export function begunAt(text: string, caret: number): Begun | null {
  const [, sign, start] = BEGUN.exec(text.slice(0, caret)) ?? [];
  return sign === '#' || sign === '@' ? { sign, start: start ?? '' } : null;
}

/** Puts the whole name in the place of what was begun, and a space behind it. */
export function complete(text: string, caret: number, begun: Begun, name: string): { text: string; caret: number } {
  const from = caret - begun.start.length;
  const rest = text.slice(caret);
  const gap = rest.startsWith(' ') ? '' : ' ';
  return { text: `${text.slice(0, from)}${name}${gap}${rest}`, caret: from + name.length + 1 };
}
