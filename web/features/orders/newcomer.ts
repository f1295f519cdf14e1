/** What somebody who buys for the first time says of themselves; the rest is made of it. */
export interface NewcomerDraft {
  name: string;
  email: string;
  password: string;
  born_on: string;
}

export const NOBODY: NewcomerDraft = { name: '', email: '', password: '', born_on: '' };

const UMLAUTS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** A handle that is very likely free; its owner may change it later. "Jörg Müller" → joerg_mueller_4821 */
export function handleFrom(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => UMLAUTS[letter] ?? letter)
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 22);
  const [number = 0] = crypto.getRandomValues(new Uint16Array(1));
  return `${plain || 'guest'}_${1_000 + (number % 9_000)}`;
}
