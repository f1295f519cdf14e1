/** Chat: lines are written down in batches, then shown; nothing is shown that a moderator could not find later. */
import type { Line, RoomEvent } from '@souk/sdk/live';
import { mayMany } from '../access/index.ts';
import { defineBatcher } from '../kernel/batcher.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { deriveId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { type BlockWord, blockWord } from '../kernel/words.ts';
import { sendLine } from './messages.ts';
import { refusalByModes, refusalOfText } from './modes.ts';
import { untilOnWire } from './order.ts';
import { type ChatRules, rulesOf, type StandingRow, standings } from './order_queries.ts';
import { areSubscribers, onMessage } from './ports.ts';
import { isStaff } from './power.ts';
import { roomRefusal, standingOf } from './powers.ts';
import { cardsOf, eventOf, type Happening, keepInTimeline, marked, type Order, tellRooms } from './timeline.ts';

export interface NewLine {
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
  const results = (await judgeLines(tx, items, ctx)).map(
    (refusal, i) => refusal ?? happeningOfLine(items[i] as NewLine),
  );
  const written = results.filter((result): result is Happening => !(result instanceof Refusal));
  await keepInTimeline(tx.client, written);
  // Once for the batch: so lines are shown in the order in which they were written down.
  tx.after_commit.push(
    () => void tellRooms(ctx, written).catch((error) => ctx.log.error({ error }, 'lines not shown')),
  );
  return results;
}

/** May these people say this here? A refusal for each that they may not, in their order. */
export async function judgeLines(tx: Tx, items: NewLine[], ctx: Context): Promise<(Refusal | null)[]> {
  const now = ctx.clock.now();
  const found = await standings(tx.client, items, now);
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
  const chats = await chatsOf(ctx, tx, items, found);
  return items.map((item, i) => refusalOf(item, found[i] ?? null, codes[i] ?? null, chats, now));
}

/** What a batch knows of the chats it writes into. */
interface Chats {
  rules: Map<string, ChatRules>;
  subscribers: Set<string>;
  /** Who has said something in this batch, and when: slow mode holds inside a batch too. */
  said: Map<string, Date>;
}

async function chatsOf(ctx: Context, tx: Tx, items: NewLine[], found: (StandingRow | null)[]): Promise<Chats> {
  const hosts = new Set(found.flatMap((row) => (row ? [row.host_id] : [])));
  const rules = await rulesOf(tx.client, [...hosts]);
  const asked = items.flatMap(({ person_id }, i): [string, string][] => {
    const host_id = found[i]?.host_id ?? '';
    return rules.get(host_id)?.subscribers_only ? [[host_id, person_id]] : [];
  });
  const answers = asked.length > 0 ? await areSubscribers(ctx, tx.client, asked) : [];
  const subscribers = new Set(asked.filter((_, i) => answers[i]).map((pair) => pair.join()));
  return { rules, subscribers, said: new Map() };
}

function refusalOf(
  item: NewLine,
  row: StandingRow | null,
  code: string | null,
  { rules, subscribers, said }: Chats,
  now: Date,
): Refusal | null {
  if (!row) return new Refusal('not_found');
  if (row.is_said) return null;
  if (row.state !== 'live') return new Refusal('room_not_live');
  const standing = standingOf({ ...row, hosts: row.host_id === item.person_id, staff: isStaff(row.roles) });
  const power = roomRefusal(standing, 'write');
  if (power === 'muted') return new Refusal('muted', { extra: { until: untilOnWire(row) } });
  if (power !== null || code !== null) return new Refusal(power ?? code ?? 'forbidden');
  const set = rules.get(row.host_id);
  const in_room = `${item.room_id} ${item.person_id}`;
  if (set && roomRefusal(standing, 'write_past_modes') !== null) {
    const writer = {
      ...row,
      said_at: said.get(in_room) ?? row.said_at,
      subscribes: subscribers.has(`${row.host_id},${item.person_id}`),
    };
    const refusal = refusalByModes(set, writer, now) ?? refusalOfText(item.text, set, wordsOf(set));
    if (refusal) return refusal;
  }
  said.set(in_room, item.said_at);
  return null;
}

const READY_KEPT = 500;
const ready = new Map<string, BlockWord[]>();

/** The words of a version of a host's rules, made ready once. */
function wordsOf({ host_id, version, block_words }: ChatRules): BlockWord[] {
  const name = `${host_id} ${version}`;
  let words = ready.get(name);
  if (!words) {
    words = block_words.map(blockWord).filter((word) => word !== null);
    if (ready.size >= READY_KEPT) ready.clear();
    ready.set(name, words);
  }
  return words;
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
