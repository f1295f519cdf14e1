/** The crowd of the running live: chats, likes, gives and buys at the pace of people. */
import type { App } from '../kernel/http.ts';
import { type Actor, Declined } from './actor.ts';
import { buyAt, buyPinned, giveGift, handleOrders, pinNext, wirePerson } from './acts.ts';
import { CHAT } from './lines.ts';
import type { Troupe } from './opening.ts';
import { POSTS, type Post } from './posts.ts';
import { commentVideo, follow, likeVideo } from './video_acts.ts';
import { type Seat, takeSeat } from './voice.ts';

const between = (low_s: number, high_s: number): number => (low_s + Math.random() * (high_s - low_s)) * 1000;
const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(Math.random() * items.length)] as Item;

/** Mostly roses; now and then something larger. */
const GIFTS: readonly (readonly [gift: string, count: number])[] = [
  ['rose', 1],
  ['rose', 1],
  ['rose', 3],
  ['rose', 7],
  ['applause', 1],
  ['applause', 2],
  ['coffee', 1],
  ['coffee', 1],
  ['diamond', 1],
];

export interface Crowd {
  stop: () => void;
}

/** @param room the room that is on now, if any */
export function startCrowd(app: App, troupe: Troupe, room: () => string | null): Crowd {
  const running = new AbortController();
  const { signal } = running;
  const every = (low_s: number, high_s: number, deed: () => Promise<void>) =>
    void repeat(app, signal, () => between(low_s, high_s), deed);

  for (const [part, lines] of Object.entries(CHAT)) {
    const actor = troupe.get(part);
    if (actor) every(25, 90, sitIn(app, actor, lines, room));
  }
  const within = (deed: (room_id: string) => Promise<void>) => async () => {
    const room_id = room();
    if (room_id) await deed(room_id);
  };
  const fans = ['fan1', 'fan2', 'fan3', 'fan4', 'fan5'].flatMap((part) => troupe.get(part) ?? []);
  const buyers = ['fan1', 'fan3', 'fan4'].flatMap((part) => troupe.get(part) ?? []);
  const host = troupe.get('host') as Actor;
  let shown = 0;

  every(
    14,
    40,
    within((room_id) => giveGift(oneOf(fans), { room_id }, ...oneOf(GIFTS))),
  );
  every(
    150,
    330,
    within((room_id) => buyPinned(oneOf(buyers), room_id)),
  );
  every(
    75,
    110,
    within((room_id) => pinNext(host, room_id, shown++)),
  );
  every(200, 500, () =>
    buyAt(oneOf(buyers), troupe.get(oneOf(['sell', 'sell', 'coffee'])) as Actor, Math.floor(Math.random() * 10)),
  );
  // Whoever enters to create finds earnings to open.
  every(30, 200, () =>
    giveGift(oneOf(fans), { receiver_id: wirePerson(troupe.get('create') as Actor) }, ...oneOf(GIFTS)),
  );
  const below = (deed: (fan: Actor, creator: Actor, post: Post) => Promise<unknown>) => async () => {
    const post = oneOf(POSTS);
    await deed(oneOf(fans), troupe.get(post.who) as Actor, post);
  };
  every(8, 30, below(likeVideo));
  every(30, 90, below(commentVideo));
  every(60, 240, below(follow));
  every(120, 240, () => handleOrders(host, 2));
  every(240, 400, () => handleOrders(troupe.get('sell') as Actor, 5));
  every(240, 400, () => handleOrders(troupe.get('coffee') as Actor, 0));
  return { stop: () => running.abort() };
}

async function repeat(app: App, signal: AbortSignal, wait: () => number, deed: () => Promise<void>): Promise<void> {
  await pause(wait() / 4, signal);
  while (!signal.aborted) {
    await deed().catch((error: unknown) => {
      // Limits of spending or pace hold for the crowd as for all: it waits for its next turn.
      if (error instanceof Declined) app.souk.log.debug({ declined: error.message }, 'the demo was refused something');
      else if (!signal.aborted) app.souk.log.warn({ err: error }, 'the demo stumbled');
    });
    await pause(wait(), signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resume) => {
    if (signal.aborted) return resume();
    const timer = setTimeout(resume, ms);
    timer.unref();
    signal.addEventListener('abort', () => resume(), { once: true });
  });
}

/** Keeps a seat in the room that is on, says a line and taps a few hearts. */
function sitIn(app: App, actor: Actor, lines: readonly string[], room: () => string | null): () => Promise<void> {
  let seat: Seat | null = null;
  let next = Math.floor(Math.random() * lines.length);
  return async () => {
    const room_id = room();
    if (!room_id) return;
    if (!seat || seat.gone() || seat.room_id !== room_id) {
      seat?.leave();
      seat = await takeSeat(app, actor, room_id);
    }
    seat.say(lines[next++ % lines.length] as string);
    seat.like(1 + Math.floor(Math.random() * 9));
  };
}
