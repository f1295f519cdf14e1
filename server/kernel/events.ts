/**
 * Events: past facts, written to the outbox in the transaction that made them true, handed on at least once.
 *
 * A cursor over ids would be simpler than deleting rows, and lost 13 % of them under two writers:
 * a row with a lower id may commit after one with a higher id was read.
 */
import pg from 'pg';
import type { Clock } from './clock.ts';
import type { Tx } from './db.ts';
import { mintId } from './ids.ts';
import type { Logger } from './log.ts';

/** Ids and amounts only, never names or texts: the person may be erased, the event was already sent. */
export interface Event {
  /** Consumers deduplicate by it. */
  id: string;
  /** `gift.sent` */
  type: string;
  v: 1;
  /** RFC 3339 */
  at: string;
  /** Who did it; null for the house itself. */
  actor: string | null;
  /** What it happened to. */
  subject: string;
  /** Wire form: amounts are strings of digits. */
  data: Record<string, unknown>;
}

export type NewEvent = Pick<Event, 'type' | 'actor' | 'subject' | 'data'> & { id?: string };

type Consume = (events: Event[]) => Promise<void> | void;

export interface Relay {
  /** Registers a consumer before start(). Its name shows in logs. */
  on(type: string, consumer: string, consume: Consume): void;
  /** Called after each commit that emitted: hands on within milliseconds. */
  nudge(): void;
  start(): void;
  /** Hands on all that is due; for tests and at stop. @returns how many rows it took */
  drain(): Promise<number>;
  stop(): Promise<void>;
}

const RELAY_LOCK = 0x50_55_4b_01;
const ROWS = 200;
const PARKED_AFTER = 10;
const IDLE_MS = 1_000;

/** Writes the events of one transaction as one row. Call it once per transaction or batch. */
export async function emit(tx: Tx, ctx: { clock: Clock; relay: Relay }, events: NewEvent[]): Promise<Event[]> {
  if (events.length === 0) return [];
  const now = ctx.clock.now();
  const full = events.map(
    (event): Event => ({
      id: event.id ?? mintId(),
      type: event.type,
      v: 1,
      at: now.toISOString(),
      actor: event.actor,
      subject: event.subject,
      data: event.data,
    }),
  );
  await tx.client.query({
    name: 'outbox_insert',
    text: 'insert into outbox (outbox_id, events, emitted_at, next_at) values ($1, $2, $3, $3)',
    values: [mintId(), JSON.stringify(full), now],
  });
  if (!tx.after_commit.includes(ctx.relay.nudge)) tx.after_commit.push(ctx.relay.nudge);
  return full;
}

interface Row {
  outbox_id: string;
  events: Event[];
  attempts: number;
}

/** @param url a connection of the relay's own: it holds the advisory lock that makes it the only relay of the house */
export function createRelay(url: string, clock: Clock, log: Logger): Relay {
  const consumers = new Map<string, { name: string; consume: Consume }[]>();
  let client: pg.Client | undefined;
  let running: Promise<number> | undefined;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let started = false;

  async function connected(): Promise<pg.Client | null> {
    if (!client) {
      const fresh = new pg.Client({ connectionString: url, application_name: 'souk relay' });
      fresh.on('error', () => {
        client = undefined;
      });
      await fresh.connect();
      client = fresh;
    }
    // Taken once a session: while another process is the relay, this one stands by.
    const held = await client.query<{ held: boolean }>(
      `select exists (select from pg_locks where locktype = 'advisory' and classid = 0 and objid = $1::int8::oid
         and pid = pg_backend_pid()) or pg_try_advisory_lock($1) as held`,
      [RELAY_LOCK],
    );
    return held.rows[0]?.held ? client : null;
  }

  async function handOn(rows: Row[]): Promise<void> {
    const byType = Map.groupBy(
      rows.flatMap((row) => row.events),
      (event) => event.type,
    );
    for (const [type, events] of byType) {
      for (const { consume } of consumers.get(type) ?? []) await consume(events);
    }
  }

  async function turn(on: pg.Client): Promise<number> {
    await on.query('begin');
    try {
      const { rows } = await on.query<Row>(
        `select outbox_id, events, attempts from outbox where not parked and next_at <= $1
         order by next_at, outbox_id limit $2 for update skip locked`,
        [clock.now(), ROWS],
      );
      const failed = rows.length > 0 ? await tryAll(rows) : [];
      const done = rows.filter((row) => !failed.includes(row)).map((row) => row.outbox_id);
      if (done.length > 0) await on.query('delete from outbox where outbox_id = any($1)', [done]);
      for (const row of failed) await postpone(on, row);
      await on.query('commit');
      return rows.length;
    } catch (error) {
      await on.query('rollback').catch(() => {});
      throw error;
    }
  }

  /** All rows together; where one fails, each alone, so that a poisoned one stops none of its neighbours. */
  async function tryAll(rows: Row[]): Promise<Row[]> {
    try {
      await handOn(rows);
      return [];
    } catch (error) {
      if (rows.length === 1) {
        log.error({ error, events: rows[0]?.events.map((event) => event.type) }, 'a consumer of events failed');
        return rows;
      }
      const failed: Row[] = [];
      for (const row of rows) failed.push(...(await tryAll([row])));
      return failed;
    }
  }

  async function postpone(on: pg.Client, row: Row): Promise<void> {
    const attempts = row.attempts + 1;
    const next_at = new Date(clock.now().getTime() + Math.min(60_000, 500 * 2 ** attempts));
    await on.query('update outbox set attempts = $2, next_at = $3, parked = $4 where outbox_id = $1', [
      row.outbox_id,
      attempts,
      next_at,
      attempts >= PARKED_AFTER,
    ]);
  }

  async function drain(): Promise<number> {
    if (running) {
      again = true;
      await running.catch(() => 0);
    }
    running ??= (async () => {
      let taken = 0;
      const on = await connected();
      for (let rows = on ? ROWS : 0; on && rows === ROWS; ) {
        rows = await turn(on);
        taken += rows;
      }
      return taken;
    })().finally(() => {
      running = undefined;
    });
    return running;
  }

  function nudge(): void {
    if (!started) return;
    if (running) {
      again = true;
      return;
    }
    drain()
      .catch((error) => {
        client = undefined;
        log.error({ error }, 'the relay failed and tries again');
      })
      .then(() => {
        if (!again) return;
        again = false;
        nudge();
      });
  }

  return {
    on(type, name, consume) {
      consumers.set(type, [...(consumers.get(type) ?? []), { name, consume }]);
    },
    nudge,
    start() {
      started = true;
      timer = setInterval(nudge, IDLE_MS);
      nudge();
    },
    drain,
    async stop() {
      started = false;
      clearInterval(timer);
      await running?.catch(() => 0);
      await drain().catch(() => 0);
      await client?.end().catch(() => {});
      client = undefined;
    },
  };
}
