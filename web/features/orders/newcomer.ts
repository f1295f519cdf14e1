import { handleFrom } from '../people/handle.ts';

/** What somebody who buys for the first time says of themselves; the rest is made of it. */
export interface NewcomerDraft {
  name: string;
  email: string;
  password: string;
  born_on: string;
}

export const NOBODY: NewcomerDraft = { name: '', email: '', password: '', born_on: '' };

/** A handle that is very likely free; its owner may change it later. "Jörg Müller" → joerg_mueller_4821 */
export function freeHandleFrom(name: string): string {
  const [number = 0] = crypto.getRandomValues(new Uint16Array(1));
  return `${handleFrom(name).slice(0, 22) || 'guest'}_${1_000 + (number % 9_000)}`;
}
