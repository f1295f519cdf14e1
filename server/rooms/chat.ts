/** Chat: lines are written down in batches, then shown; nothing is shown that a moderator could not find later. */
import type { Line, RoomEvent } from '@souk/sdk/live';
import { mayMany } from '../access/index.ts';
import { defineBatcher } from '../kernel/batcher.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { deriveId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { sendLine } from './messages.ts';
import { onMessage } from './ports.ts';
import { type Standing, standings } from './queries.ts';
import { cardsOf, eventOf, type Happening, keepInTimeline, marked, type Order, tellRooms } from './timeline.ts';

interface NewLine {
  line_id: string;
  room_id: string;
  person_id: string;
  text: string;
  said_at: Date;
}

/** A person may write five lines at once, and one a second in the long run. */
const RATE = { limit: 5, window_ms: 5_000 };

const lines = defineBatcher<NewLine, Happening>({ name: 'chat', run: writeLines, maxBatch: 500, maxQueue: 5_000 });

async function writeLines(tx: Tx, items: NewLine[], ctx: Context): Promise<(Happening | Refusal)[]> {
  const found = await standings(tx, items, ctx.clock.now());
  const codes = await mayMany(
    ctx,
    tx.client,
    items.map(({ room_id, person_id }, i) => ({
      person_id,
      action: 'chat',
      with: found[i]?.host_id,
      thing_id: room_id,
    })),
  );
  const results = items.map((item, i) => refusalOf(found[i] ?? null, codes[i] ?? null) ?? happeningOfLine(item));
  const written = results.filter((result): result is Happening => !(result instanceof Refusal));
  await keepInTimeline(tx.client, written);
  // Once for the batch: so lines are shown in the order in which they were written down.
  tx.after_commit.push(
    () => void tellRooms(ctx, written).catch((error) => ctx.log.error({ error }, 'lines not shown')),
  );
  return results;
}

function refusalOf(standing: Standing | null, code: string | null): Refusal | null {
  if (!standing) return new Refusal('not_found');
  if (standing.state !== 'live') return new Refusal('room_not_live');
  if (standing.muted_until) return new Refusal('muted', { extra: { until: standing.muted_until.toISOString() } });
  return code === null ? null : new Refusal(code);
}

const happeningOfLine = ({ line_id, text, said_at, ...where }: NewLine): Happening => ({
  ...where,
  event_id: line_id,
  happened_at: said_at,
  what: { type: 'chat', text },
});

/** Answers `chat.send`: 201 with the line as everyone sees it, which its author gets even where the room is too fast. */
export function answerLines(ctx: Context): void {
  onMessage(ctx, 'chat.send', {
    schema: sendLine,
    rate: RATE,
    async handle({ me: { person_id }, room, message: { text }, key }) {
      const { room_id } = room;
      // The same key and text is the same line: sent again after a reconnect, it is written and shown once.
      const line_id = deriveId('line', room_id, person_id, key.key, text);
      const said = await lines.submit(ctx, { line_id, room_id, person_id, text, said_at: ctx.clock.now() });
      return { status: 201, body: { line: await lineOf(ctx, said, room.order) } };
    },
  });
}

async function lineOf(ctx: Context, said: Happening, order: Order): Promise<RoomEvent | null> {
  const event = eventOf(said, await cardsOf(ctx, [said])) as Line | null;
  return event && marked(event, order);
}
