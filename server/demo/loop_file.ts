/** The recording of the running live, as the project's script cut it: an init segment and one file a segment. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leadOf, readInit, readSegment, type Track } from '../media/index.ts';

export interface Loop {
  init: Buffer;
  tracks: Track[];
  segments: { bytes: Buffer; duration_s: number }[];
  /** What stands on the room's card before its picture moves: a JPEG. */
  still: Buffer;
  /** After so long the end meets the beginning. */
  duration_s: number;
}

const FOLDER = join(import.meta.dirname, 'loop');

/** Null where it was not rendered yet (`node scripts/render_demo_loop.ts`). */
export function readLoop(folder = FOLDER): Loop | null {
  const init = join(folder, 'init.mp4');
  if (!existsSync(init)) return null;
  const tracks = readInit(readFileSync(init));
  const names = readdirSync(folder).filter((name) => name.startsWith('seg-'));
  const segments = names.sort().map((name) => {
    const bytes = readFileSync(join(folder, name));
    const { duration_s, spans } = readSegment(bytes, tracks);
    return { bytes, duration_s, spans };
  });
  const lead = leadOf(tracks);
  const end = segments.at(-1)?.spans.find(({ track_id }) => track_id === lead.track_id)?.ends ?? 0n;
  const still = readFileSync(join(folder, 'still.jpg'));
  return { init: readFileSync(init), tracks, segments, still, duration_s: Number(end) / lead.timescale };
}
