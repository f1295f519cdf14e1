/** The server of the `room` scenario, in a process of its own: one live room, and gifts in it. */
import { closeApp, createApp, createContext } from '../server/app.ts';
import { readConfig } from '../server/config.ts';
import { inTx } from '../server/kernel/db.ts';
import { emit } from '../server/kernel/events.ts';
import { mintId, toWire } from '../server/kernel/ids.ts';
import { createPerson, mintSession } from '../server/people/index.ts';
import { show, startRoom } from '../server/rooms/index.ts';
import { goLive } from '../server/rooms/rooms.ts';

export interface Opened {
  url: string;
  room: string;
  /** Cookies of those who write. */
  writers: string[];
}

const [database_url = '', data_dir = '', writers = '0'] = process.argv.slice(2);
const GIFTS_A_TICK = 10;
const TICK_MS = 100;

const config = readConfig({ SOUK_DATA_DIR: data_dir, PORT: '0', SOUK_LOG: 'silent' }, ['--no-demo']);
const ctx = createContext(config, database_url);
const app = await createApp(ctx);
const url = await app.listen({ port: 0, host: '127.0.0.1' });
show(ctx, 'bench.given', ({ subject, actor, at, data }) => [
  {
    happening: {
      event_id: subject,
      room_id: data.room_id as string,
      person_id: actor,
      happened_at: new Date(at),
      what: { type: 'gift', gift: 'rose', count: 1, combo_id: data.combo_id as string },
    },
  },
]);
ctx.relay.start();

const people: { person_id: string; cookie: string }[] = [];
for (let i = 0; i <= Number(writers); i += 1) {
  const person_id = await inTx(ctx.db, (tx) =>
    createPerson(ctx, tx, {
      handle: `writer${i}`,
      name: `Writer ${i}`,
      email: `writer${i}@example.test`,
      email_verified: true,
      password_hash: null,
      market: 'DE',
      locale: 'en',
      born_on: '1990-05-05',
    }),
  );
  people.push({ person_id, cookie: await mintSession(ctx, person_id) });
}
const host = people[0] as (typeof people)[0];
const { room } = await startRoom(ctx, host.person_id, { title: 'Bench', language: 'en' });
await goLive(ctx, room.stream_id);

/** A hundred gifts a second as gifts tells of them: through the outbox. Thirty people, each in a combo of their own. */
let given = 0;
function give(): void {
  const combo = (i: number) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
  const gifts = Array.from({ length: GIFTS_A_TICK }, () => {
    const giver = 1 + (given++ % 30);
    const data = { room_id: room.room_id, combo_id: combo(giver) };
    return { type: 'bench.given', actor: people[giver]?.person_id ?? null, subject: mintId(), data };
  });
  inTx(ctx.db, (tx) => emit(tx, ctx, gifts)).catch((error) => console.error(error));
}

let giving: NodeJS.Timeout | undefined;
process.on('message', (asked) => {
  if (asked === 'give') giving = setInterval(give, TICK_MS);
  if (asked === 'memory') {
    globalThis.gc?.();
    process.send?.({ rss: process.memoryUsage().rss });
  }
  if (asked === 'stop') {
    clearInterval(giving);
    void closeApp(app).then(() => process.exit(0));
  }
});
const opened: Opened = {
  url,
  room: toWire('room', room.room_id),
  writers: people.slice(1).map(({ cookie }) => cookie),
};
process.send?.(opened);
