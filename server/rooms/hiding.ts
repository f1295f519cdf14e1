/** A frame is made once for everyone; for the few who have a block with somebody in it, again without them. */
import type { Frame, RoomEvent, Snapshot, Summary } from '@souk/sdk/live';
import type { Context } from '../kernel/context.ts';
import { toWire } from '../kernel/ids.ts';
import { hiddenFrom } from '../people/index.ts';
import { framed, unframed } from './framing.ts';
import type { Viewer } from './viewer.ts';

const PERSON = /person_[0-7][0-9a-hjkmnp-tv-z]{25}/g;
const authors = new WeakMap<Buffer, Set<string>>();

function authorsIn(bytes: Buffer): Set<string> {
  let found = authors.get(bytes);
  if (!found) {
    found = new Set(bytes.toString('latin1').match(PERSON));
    authors.set(bytes, found);
  }
  return found;
}

const isBy = (event: RoomEvent, people: ReadonlySet<string>): boolean =>
  'by' in event && people.has(event.by.person_id);

/** The same frame without what these people said and gave; the same bytes where none of them is in it. */
export function withoutPeople(bytes: Buffer, people: ReadonlySet<string>): Buffer {
  if (people.size === 0 || people.isDisjointFrom(authorsIn(bytes))) return bytes;
  const message = JSON.parse(unframed(bytes).toString()) as Frame | Snapshot | Summary;
  const events = message.events.filter((event) => !isBy(event, people));
  return framed(Buffer.from(JSON.stringify({ ...message, events })));
}

/** Reads with whom this viewer shares a block; again where one was made or lifted meanwhile. */
export async function readHidden(ctx: Context, viewer: Viewer, changes: () => number): Promise<void> {
  for (let seen = -1; viewer.me && seen !== changes(); ) {
    seen = changes();
    const hidden = await hiddenFrom(ctx.db.pool, viewer.me.person_id);
    viewer.hidden = new Set(hidden.map((id) => toWire('person', id)));
  }
}
