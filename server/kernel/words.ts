/**
 * PURE: block words and links in chat lines, however they are disguised: by case, leetspeak, look-alike letters,
 * umlaut forms, stretched letters, letters apart. What is not a word of its own is let through (`Marsch` where
 * `arsch` is blocked), unless the word is written with a star: `arsch*`, `*hure`.
 *
 * No expression of the host's or the writer's ever becomes a regular expression (FAULTS D15): a line is read letter by
 * letter, with a bound on the steps.
 */

/** A block word, ready to be looked for. */
export interface BlockWord {
  /** As the host wrote it. */
  word: string;
  units: Unit[];
  /** May stand at the end, or the beginning, of a longer word. */
  open_start: boolean;
  open_end: boolean;
}

interface Unit {
  letter: string;
  /** How often in a row. */
  count: number;
  /** The e of an umlaut's long form, which may be left out. */
  optional: boolean;
  /** A space of the phrase follows. */
  space: boolean;
}

/** One character of a line: which letters it can stand for, or what kind of gap it is. */
interface Sign {
  letters: string;
  kind: 'letter' | 'symbol' | 'digit' | 'star' | 'tight' | 'loose';
}

const LEET: Record<string, string> = {
  '0': 'o',
  '1': 'il',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
};
const SYMBOLS: Record<string, string> = { '@': 'a', $: 's', '€': 'e', '£': 'l', '|': 'il', '¡': 'i', '+': 't' };
/** Letters of other scripts that look like ours. */
const LOOK_ALIKES: Record<string, string> = Object.fromEntries(
  [...'аaеeоoрpсcхxуyіiјjкkмmтtвbнhѕsԁdɡgαaεeοoρpιiκkνvτtυuχxηnıiłløođdħhŧt'.matchAll(/(.)(.)/gu)].map(
    ([, from, to]) => [from as string, to as string],
  ),
);
const LONG_FORMS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', œ: 'oe' };
const UMLAUTS: Record<string, string> = { ä: 'a', ö: 'o', ü: 'u' };
/** Join what belongs together; a space or a comma rather ends it. */
const TIGHT = /[-.\u2010-\u2015_~·•^'’`´=#%&\\]/u;
const VOWELS = new Set('aeiouy');
const FLAG_A = 0x1f1e6;

const isLetter = (text: string | undefined): boolean => text !== undefined && /\p{L}/u.test(text);

/** Lower case, one form for each letter; accents go, the German umlauts stay. */
function plainLetters(text: string): string[] {
  const lower = text.normalize('NFKC').toLowerCase().normalize('NFC');
  return [...lower].flatMap((char) => {
    const flag = (char.codePointAt(0) as number) - FLAG_A;
    if (flag >= 0 && flag < 26) return [String.fromCharCode(97 + flag)];
    if (/[\p{Mn}\p{Cf}]/u.test(char)) return [];
    const known = LOOK_ALIKES[char] ?? char;
    if (known in LONG_FORMS) return [known];
    return [known.normalize('NFD').replace(/\p{Mn}/gu, '') || known];
  });
}

/** @returns null where nothing of it can be looked for: fewer than two letters */
export function blockWord(word: string): BlockWord | null {
  const bare = word.trim();
  const open_start = bare.startsWith('*');
  const open_end = bare.endsWith('*') && bare.length > 1;
  const units: Unit[] = [];
  for (const char of plainLetters(bare)) {
    const last = units.at(-1);
    if (!isLetter(char)) {
      if (last && !/\*/.test(char)) last.space = true;
    } else if (char in UMLAUTS) push(units, UMLAUTS[char] as string, 'e');
    else for (const letter of LONG_FORMS[char] ?? char) push(units, letter);
  }
  if (units.length > 0) (units.at(-1) as Unit).space = false;
  const letters = units.reduce((sum, unit) => sum + (unit.optional ? 0 : unit.count), 0);
  return letters < 2 ? null : { word: bare, units, open_start, open_end };
}

function push(units: Unit[], letter: string, optional?: string): void {
  const last = units.at(-1);
  if (last && last.letter === letter && !last.optional && !last.space) last.count += 1;
  else units.push({ letter, count: 1, optional: false, space: false });
  if (optional) units.push({ letter: optional, count: 1, optional: true, space: false });
}

function signsOf(text: string): Sign[] {
  const chars = plainLetters(text);
  return chars.flatMap((char, at): Sign[] => {
    const [before, after] = [chars[at - 1], chars[at + 1]];
    if (isLetter(char)) return [...(LONG_FORMS[char] ?? char)].map((letters) => ({ letters, kind: 'letter' }));
    if (char in LEET) return [{ letters: LEET[char] as string, kind: 'digit' }];
    // A mark at the end of a word ends a sentence; before a letter it stands for one.
    const inside = isLetter(after) && (before === undefined || isLetter(before) || /\s/.test(before));
    if (char === '!' && inside) return [{ letters: 'i', kind: 'symbol' }];
    if (char in SYMBOLS && !/\d/.test(before ?? '')) return [{ letters: SYMBOLS[char] as string, kind: 'symbol' }];
    if (char === '*') return [{ letters: '', kind: 'star' }];
    return [{ letters: '', kind: TIGHT.test(char) ? 'tight' : 'loose' }];
  });
}

const isGap = (sign: Sign | undefined): boolean => sign === undefined || sign.letters === '';
/** Digits at the end of a word do not make it another one: `idiot99`. */
const endsWord = (sign: Sign | undefined): boolean => sign === undefined || sign.kind !== 'letter';

/** Steps that one line may cost, whatever a host blocks and a writer invents (FAULTS D15, F6). People's lines take few. */
const MOST_STEPS = 100_000;

/** The first of the words that a line says, or null. A line that is too much of a riddle counts as saying one. */
export function saidWord(text: string, words: readonly BlockWord[]): string | null {
  const signs = signsOf(text);
  const budget = { steps: MOST_STEPS };
  for (const word of words) {
    const first = word.units[0]?.letter ?? '';
    for (let at = 0; at < signs.length; at += 1) {
      if (!signs[at]?.letters.includes(first) || (!word.open_start && !startsWord(signs, at))) continue;
      if (search(signs, at, word, budget) || budget.steps < 0) return word.word;
    }
  }
  return null;
}

const startsWord = (signs: Sign[], at: number): boolean => endsWord(signs[at - 1]);

interface Found {
  /** Where each matched letter stands. */
  at: number[];
  stars: number;
}

const MOST_STARS = 3;

function search(signs: Sign[], start: number, word: BlockWord, budget: { steps: number }): boolean {
  const { units } = word;
  const spent = (): boolean => {
    budget.steps -= 1;
    return budget.steps < 0;
  };

  function go(unit: number, next: number, found: Found): boolean {
    if (spent()) return false;
    const wanted = units[unit];
    if (!wanted) return isHit(signs, next, found, word);
    if (wanted.optional && go(unit + 1, next, found)) return true;
    return take(unit, next, found, wanted.count);
  }

  /** Takes what is left of a unit's letters. */
  function take(unit: number, next: number, found: Found, left: number): boolean {
    if (spent()) return false;
    if (left === 0) return pass(unit, next, found);
    const { letter } = units[unit] as Unit;
    const sign = signs[next];
    if (sign?.letters.includes(letter)) {
      if (take(unit, next + 1, { ...found, at: [...found.at, next] }, left - 1)) return true;
    } else if (sign?.kind === 'star' && found.at.length > 0 && found.stars < MOST_STARS) {
      const starred = { at: [...found.at, next], stars: found.stars + 1 };
      if (take(unit, next + 1, starred, left - 1)) return true;
    }
    const beyond = afterGap(signs, next);
    return found.at.length > 0 && beyond > next && beyond < signs.length && take(unit, beyond, found, left);
  }

  /** A letter may be stretched: twice is another word (`Ratte` is no `rate`), three times is none. */
  function pass(unit: number, next: number, found: Found): boolean {
    const { letter, count } = units[unit] as Unit;
    let end = next;
    while (signs[end]?.letters.includes(letter) && !spent()) end += 1;
    if (end > next && count + end - next >= 3 && go(unit + 1, end, found)) return true;
    return go(unit + 1, next, found);
  }

  return go(0, start, { at: [], stars: 0 });
}

function afterGap(signs: Sign[], from: number): number {
  let at = from;
  while (at < signs.length && signs[at]?.letters === '') at += 1;
  return at;
}

function isHit(signs: Sign[], end: number, { at, stars }: Found, word: BlockWord): boolean {
  if (!word.open_end && !endsWord(signs[end])) return false;
  const kinds = at.map((i) => signs[i]?.kind);
  const real = kinds.filter((kind) => kind === 'letter').length;
  const shown = real + kinds.filter((kind) => kind === 'symbol').length;
  // `A55` is a motorway, `a**` may be anything.
  if (real < 1 || shown < 2 || stars * 2 > at.length) return false;
  const spaces = word.units.filter((unit) => unit.space).length;
  const pieces = piecesOf(signs, at);
  return spaces > 0 ? pieces.length <= spaces + 1 || allSingle(pieces) : belongTogether(signs, pieces);
}

interface Piece {
  from: number;
  length: number;
  /** What stands before it: nothing, a tight gap, or a loose one. */
  gap: 'none' | 'tight' | 'loose';
}

function piecesOf(signs: Sign[], at: number[]): Piece[] {
  const pieces: Piece[] = [];
  for (const [i, place] of at.entries()) {
    const before = at[i - 1];
    const between = before === undefined ? [] : signs.slice(before + 1, place).filter((sign) => isGap(sign));
    const last = pieces.at(-1);
    if (last && between.length === 0) last.length += 1;
    else {
      const loose = between.some((sign) => sign.kind === 'loose');
      pieces.push({ from: place, length: 1, gap: pieces.length === 0 ? 'none' : loose ? 'loose' : 'tight' });
    }
  }
  return pieces;
}

const allSingle = (pieces: Piece[]): boolean => pieces.length > 2 && pieces.every((piece) => piece.length === 1);

/** Letters set apart on purpose, not words that happen to stand side by side: `f u c k`, `s hit`, and not `pen is`. */
function belongTogether(signs: Sign[], pieces: Piece[]): boolean {
  if (!pieces.some((piece) => piece.gap === 'loose')) return true;
  if (allSingle(pieces)) return endsRun(signs, pieces);
  const single = (piece: Piece | undefined) => piece?.length === 1;
  const apart = pieces.every((piece, i) => piece.gap !== 'loose' || single(piece) || single(pieces[i - 1]));
  const singles = pieces.filter(single);
  const consonant = singles.some((piece) => !VOWELS.has(signs[piece.from]?.letters[0] ?? 'a'));
  return apart && singles.length > 0 && (singles.length > 1 || consonant);
}

/** `w i e s a u b e r` is no `sau`: a short word must be all of the run, a longer one begin or end it. */
function endsRun(signs: Sign[], pieces: Piece[]): boolean {
  const first = (pieces[0] as Piece).from;
  const last = (pieces.at(-1) as Piece).from;
  const begins = isGap(signs[first - 2]) || !isGap(signs[first - 3]);
  const ends = isGap(signs[last + 2]) || !isGap(signs[last + 3]);
  if (pieces.length >= 5) return true;
  return pieces.length === 3 ? begins && ends : begins || ends;
}

const TLDS =
  'com|net|org|info|biz|io|de|at|ch|eu|uk|fr|nl|pl|ru|cn|tk|ga|gg|xyz|top|shop|online|site|club|live|app|dev|store|link|click|vip|win|bet|casino|porn|sex|cam|tv|cc|ws|li|ly|co|us|ca|it|es|cz|dk|se|no|fi|pt|gr|tr|ua|jp|kr|in|br|mx|au|nz|zone|space|fun|icu|pro|page|pw|su|me|be|to|sh|ai|gl|st|fm|la|vc|so|is|id';
/** Ends of addresses that are words as well: only with a path behind them. */
const ALSO_WORDS = new Set(
  'so is in it no me be to am us la st sh live top fun win pro space shop link page click id co es se fi'.split(' '),
);
const DOMAIN = new RegExp(
  `(?:^|[^\\p{L}\\p{N}_@-])((?:[\\p{L}\\p{N}-]{1,63}\\.){1,4})(${TLDS})(?![\\p{L}\\p{N}])(/\\S)?`,
  'giu',
);

/** Whether a line holds an address of a page, also one that is written around: `shop (dot) com`. */
export function holdsLink(text: string): boolean {
  const joined = text
    .normalize('NFKC')
    .replace(/\s?[([{]\s?(?:dot|punkt|\.)\s?[)\]}]\s?/giu, '.')
    .replace(/(\p{L}) (?:dot|punkt) (?=(?:com|de|net|org|io|gg)\b)/giu, '$1.');
  if (/\b(?:https?|hxxps?|ftp):\/\/|\bwww\d?\.[\p{L}\p{N}]/iu.test(joined)) return true;
  for (const [, name = '', end = '', path] of joined.matchAll(DOMAIN)) {
    const long = name.split('.').length > 2 || name.length > 4;
    if (path || (!ALSO_WORDS.has(end.toLowerCase()) && long)) return true;
  }
  return false;
}
