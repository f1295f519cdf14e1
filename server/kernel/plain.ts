/** Text that people write and others read: nothing in it may be unseen, or turn its surroundings around. */

/** Tabs and line breaks become spaces; what a reader cannot see, or what turns the rest of a page around, goes. */
export const plain = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu, '')
    .trim()
    .normalize('NFC');

/** The same for several lines: with its line breaks, never more than one empty line in a row. */
export const plainLines = (text: string): string =>
  text
    .split(/\r\n|\r|\n/u)
    .map(plain)
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
