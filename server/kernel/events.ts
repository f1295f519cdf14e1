/**
 * Events: past facts, written to the outbox in the transaction that made them true, handed on at least once.
 *
 * A cursor over ids would be simpler than deleting rows, and lost 13 % of them under two writers:
 * a row with a lower id may commit after one with a higher id was read.
 */
import pg from 'pg';
import type { Clock } from './clock.ts';
import type { Db, Tx } from './db.ts';
import { mintId } from './ids.ts';
import type { Logger } from './log.ts';
import { plant } from './plant.ts';

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
  if (plant('events.loses')) return full;
  await tx.client.query({
    name: 'outbox_insert',
    text: 'insert into outbox (outbox_id, events, emitted_at, next_at) values ($1, $2, $3, $3)',
    values: [mintId(), JSON.stringify(full), now],
  });
  if (!tx.after_commit.includes(ctx.relay.nudge)) tx.after_commit.push(ctx.relay.nudge);
  return full;
}

/** How many rows wait, and how many were set aside. */
export async function countOutbox(db: Db): Promise<{ waiting: number; parked: number }> {
  const { rows } = await db.pool.query<{ waiting: number; parked: number }>(
    'select count(*) filter (where not parked)::int as waiting, count(*) filter (where parked)::int as parked from outbox',
  );
  return rows[0] as { waiting: number; parked: number };
}

interface Row {
  outbox_id: string;
  events: Event[];
  attempts: number;
}

/** @param url a connection of the relay's own: it holds the advisory lock that makes it the only relay of the house */
export const createRelay = (url: string, clock: Clock, log: Logger): Relay => new OutboxRelay(url, clock, log);

class OutboxRelay implements Relay {
  readonly #consumers = new Map<string, { name: string; consume: Consume }[]>();
  readonly #url: string;
  readonly #clock: Clock;
  readonly #log: Logger;
  #client: pg.Client | undefined;
  #leads = false;
  #running: Promise<number> | undefined;
  #again = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(url: string, clock: Clock, log: Logger) {
    this.#url = url;
    this.#clock = clock;
    this.#log = log;
  }

  on(type: string, name: string, consume: Consume): void {
    this.#consumers.set(type, [...(this.#consumers.get(type) ?? []), { name, consume }]);
  }

  start(): void {
    this.#timer = setInterval(this.nudge, IDLE_MS);
    this.nudge();
  }

  /** An arrow, because transactions hand it around as a plain function. */
  nudge = (): void => {
    if (!this.#timer) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#turns()
      .catch((error) => this.#log.error({ error }, 'the relay failed and tries again'))
      .then(() => {
        if (!this.#again) return;
        this.#again = false;
        this.nudge();
      });
  };

  async drain(): Promise<number> {
    await this.#running?.catch(() => 0);
    return this.#turns();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.drain().catch((error) => this.#log.warn({ error }, 'events stay in the outbox until the next start'));
    await this.#client?.end();
    this.#client = undefined;
  }

  /** Turns until the outbox has nothing that is due; at most one caller at a time. */
  #turns(): Promise<number> {
    this.#running ??= (async () => {
      let taken = 0;
      const client = await this.#connected();
      for (let rows = ROWS; client && rows === ROWS; taken += rows) rows = await this.#turn(client);
      return taken;
    })().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** The connection, if this process is the relay; null while another one is. */
  async #connected(): Promise<pg.Client | null> {
    if (!this.#client) {
      const client = new pg.Client({ connectionString: this.#url, application_name: 'souk relay' });
      client.on('error', () => this.#lost(client));
      client.on('end', () => this.#lost(client));
      await client.connect();
      this.#client = client;
      this.#leads = false;
    }
    if (!this.#leads) {
      const lock = await this.#client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [RELAY_LOCK]);
      this.#leads = lock.rows[0]?.held ?? false;
    }
    return this.#leads ? this.#client : null;
  }

  #lost(client: pg.Client): void {
    if (this.#client === client) this.#client = undefined;
  }

  async #turn(client: pg.Client): Promise<number> {
    await client.query('begin');
    try {
      const { rows } = await client.query<Row>({
        name: 'outbox_due',
        text: `select outbox_id, events, attempts from outbox where not parked and next_at <= $1
               order by next_at, outbox_id limit $2 for update skip locked`,
        values: [this.#clock.now(), ROWS],
      });
      const failed = rows.length > 0 ? await this.#handOn(rows) : [];
      const done = rows.filter((row) => !failed.includes(row)).map((row) => row.outbox_id);
      if (done.length > 0) await client.query('delete from outbox where outbox_id = any($1)', [done]);
      for (const row of failed) await this.#postpone(client, row);
      await client.query('commit');
      return rows.length;
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    }
  }

  /** All rows together; where one fails, each alone: a poisoned row stops none of its neighbours (FAULTS C8). */
  async #handOn(rows: Row[]): Promise<Row[]> {
    try {
      const events = rows.flatMap((row) => row.events);
      for (const [type, same] of Map.groupBy(events, (event) => event.type)) {
        for (const { consume } of this.#consumers.get(type) ?? []) await consume(same);
      }
      return [];
    } catch (error) {
      if (rows.length === 1) {
        this.#log.error({ error, types: rows[0]?.events.map((event) => event.type) }, 'a consumer of events failed');
        return rows;
      }
      const failed: Row[] = [];
      for (const row of rows) failed.push(...(await this.#handOn([row])));
      return failed;
    }
  }

  async #postpone(client: pg.Client, row: Row): Promise<void> {
    const attempts = row.attempts + 1;
    const types = row.events.map((event) => event.type);
    if (attempts >= PARKED_AFTER) this.#log.error({ outbox_id: row.outbox_id, types }, 'events were set aside');
    const next_at = new Date(this.#clock.now().getTime() + Math.min(60_000, 500 * 2 ** attempts));
    await client.query('update outbox set attempts = $2, next_at = $3, parked = $4 where outbox_id = $1', [
      row.outbox_id,
      attempts,
      next_at,
      attempts >= PARKED_AFTER,
    ]);
  }
}
