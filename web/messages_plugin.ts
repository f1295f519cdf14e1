import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

const PREFIX = 'virtual:messages/';

/** Reads every `locales/<locale>/*.json` (flat id → ICU message) into one catalogue; an id that stands twice is an error. */
export function readCatalogue(root: string, locale: string): Map<string, string> {
  const folder = join(root, 'locales', locale);
  const all = new Map<string, string>();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue;
    const texts = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>;
    for (const [id, text] of Object.entries(texts)) {
      if (all.has(id)) throw new Error(`the text ${id} stands twice in locales/${locale} (second time in ${file})`);
      all.set(id, text);
    }
  }
  return all;
}

/** Serves `virtual:messages/<locale>`: messages compiled while they are loaded, so that no ICU parser travels to the browser. */
export function messages(root: string): Plugin {
  return {
    name: 'souk-messages',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return;
      const locale = id.slice(PREFIX.length + 1);
      const folder = join(root, 'locales', locale);
      for (const file of readdirSync(folder)) this.addWatchFile(join(folder, file));
      const compiled = [...readCatalogue(root, locale)].map(([key, text]) => [key, compileMessageOrThrow(text)]);
      return `export default ${JSON.stringify(Object.fromEntries(compiled))};`;
    },
  };
}
