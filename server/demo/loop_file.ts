/** The recording of the running live, as the project's script cut it: an init segment and one file a segment. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Loop {
  init: Buffer;
  segments: Buffer[];
}

const FOLDER = join(import.meta.dirname, 'loop');

/** Null where it was not rendered yet (`node scripts/render_demo_loop.ts`). */
export function readLoop(folder = FOLDER): Loop | null {
  const init = join(folder, 'init.mp4');
  if (!existsSync(init)) return null;
  const names = readdirSync(folder).filter((name) => name.startsWith('seg-'));
  return { init: readFileSync(init), segments: names.sort().map((name) => readFileSync(join(folder, name))) };
}
