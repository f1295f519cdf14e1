/** Checks the texts without running the app: both languages whole, every id that the code asks for there. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { readCatalogue } from './messages_plugin.ts';

/** `t('gifts.send')`, `t(`orders.state_${state}`)`, `<Rich id="…">`, `title: 'wallet.title'` and other finished ids. */
const ASKED = /\bt\(\s*'([\w.]+)'|\bid="([\w.]+\.[\w.]+)"|\btitle: '([\w]+\.[\w.]+)'|\bname: '([\w]+\.[\w.]+)'/g;
const ASKED_BY_PREFIX = /\bt\(\s*`([\w.]+\.[\w.]*)\$\{/g;

const sources = (root: string): string[] =>
  globSync('**/*.{ts,tsx}', { cwd: root, exclude: ['dist/**', '**/*.test.ts', 'text.ts', 'texts.ts'] });

function variablesOf(message: unknown, found = new Set<string>()): Set<string> {
  if (!Array.isArray(message)) return found;
  for (const token of message) {
    if (!Array.isArray(token)) continue;
    found.add(String(token[0]));
    const cases = token[2];
    if (typeof cases === 'object' && cases !== null)
      for (const branch of Object.values(cases)) variablesOf(branch, found);
  }
  return found;
}

function signature(text: string): string {
  const tags = [...text.matchAll(/<\/?\d+\/?>/g)].map(([tag]) => tag).sort();
  return [...variablesOf(compileMessageOrThrow(text))].sort().concat(tags).join(' ');
}

/** Every fault as one sentence; none when all is well. @param root the web folder */
export function faultsOfTexts(root: string): string[] {
  const de = readCatalogue(root, 'de');
  const en = readCatalogue(root, 'en');
  const faults: string[] = [];
  for (const [id, text] of en) {
    const german = de.get(id);
    if (german === undefined) faults.push(`${id} is missing in German`);
    else if (signature(german) !== signature(text)) faults.push(`${id} has other variables in German than in English`);
  }
  for (const id of de.keys()) if (!en.has(id)) faults.push(`${id} is missing in English`);
  for (const file of sources(root)) {
    const code = readFileSync(join(root, file), 'utf8');
    for (const match of code.matchAll(ASKED)) {
      const id = match.slice(1).find(Boolean);
      if (id?.includes('.') && !en.has(id)) faults.push(`${file} asks for ${id}, which stands nowhere`);
    }
    for (const [, prefix] of code.matchAll(ASKED_BY_PREFIX)) {
      if (![...en.keys()].some((id) => id.startsWith(prefix as string)))
        faults.push(`${file} asks for ${prefix}…, which stands nowhere`);
    }
  }
  return faults;
}
