/** What a caption names: hashtags and people. PURE. */

const TAG = /(?<![\p{L}\p{N}_&/#])#([\p{L}\p{N}_]{1,60})(?![\p{L}\p{N}_])/gu;
const MENTION = /(?<![\p{L}\p{N}_.@])@([a-z0-9][a-z0-9_.]{1,28}[a-z0-9])/giu;
const MOST_TAGS = 30;
const MOST_MENTIONS = 20;

/** Lower case, without `#`, each once; a number alone is no tag (`#1`). */
export function tagsIn(caption: string): string[] {
  const found = [...caption.normalize('NFC').matchAll(TAG)].map(([, tag = '']) => tag.toLocaleLowerCase('und'));
  return [...new Set(found.filter((tag) => /\p{L}/u.test(tag) && tag.length <= 60))].slice(0, MOST_TAGS);
}

/** Handles, lower case, without `@`. Whether they belong to somebody is another question. */
export function handlesIn(caption: string): string[] {
  const found = [...caption.matchAll(MENTION)].map(([, handle = '']) => handle.toLowerCase());
  return [...new Set(found)].slice(0, MOST_MENTIONS);
}
