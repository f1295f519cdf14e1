/**
 * Work in the background (graphile-worker): mail, image fetching, sweeps. Enqueued in the transaction that
 * wants it.
 */
import { parseCronItems, type Runner, run, runOnce, type TaskList } from 'graphile-worker';
import pg from 'pg';
import type { Tx } from './db.ts';
import { isLost } from './db_errors.ts';
import type { Logger } from './log.ts';

type Payload = Record<string, unknown>;
type Work = (payload: Payload) => Promise<unknown>;

export interface Jobs {
  /** Registers a kind of work before start(). */
  define(name: string, work: Work): void;
  /** Registers work that is due by the clock on the wall, e.g. every minute: a cron pattern of five fields. */
  cron(name: string, pattern: string, work: Work): void;
  /** @param key a job with the same key that is still waiting is replaced instead of doubled */
  enqueue(tx: Tx, name: string, payload: Payload, options?: { key?: string }): Promise<void>;
  start(): Promise<void>;
  /** Runs what is waiting and returns; for tests. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/** graphile-worker's own logger speaks of every poll; only what is wrong is passed on. */
const quiet = (log: Logger) => ({
  log: (level: string, message: string) => {
    if (level === 'error') log.error(message);
  },
});

/**
 * graphile-worker waits and tries again on 57P03 (the database is starting up) alone. Any other sign that PostgreSQL
 * went away would reject a promise that it does not watch, which ends the process (FAULTS G2).
 */
const starting = (error: unknown): unknown =>
  isLost(error) ? Object.assign(new Error((error as Error).message, { cause: error }), { code: '57P03' }) : error;

class PatientClient extends pg.Client {
  override query = ((...query: [string]) => {
    const sent: unknown = super.query(...query);
    return sent instanceof Promise ? sent.catch((error) => Promise.reject(starting(error))) : sent;
  }) as pg.Client['query'];
}

class PatientPool extends pg.Pool {
  override connect = ((done?: () => void) => {
    if (done) return super.connect(done);
    return super.connect().catch((error) => Promise.reject(starting(error)));
  }) as pg.Pool['connect'];
}

export function createJobs(url: string, log: Logger): Jobs {
  const tasks: TaskList = {};
  const crontab: { task: string; match: string; identifier: string }[] = [];
  let runner: Runner | undefined;
  const pool = new PatientPool({
    Client: PatientClient,
    connectionString: url,
    max: 4,
    application_name: 'souk jobs',
  });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const logger = async () => {
    const { Logger: WorkerLogger } = await import('graphile-worker');
    return new WorkerLogger(() => quiet(log).log);
  };
  const define = (name: string, work: Work): void => {
    if (tasks[name]) throw new Error(`job ${name} is defined twice`);
    tasks[name] = async (payload) => {
      await work(payload as Payload);
    };
  };
  return {
    define,
    cron(name, pattern, work) {
      define(name, work);
      crontab.push({ task: name, match: pattern, identifier: name });
    },
    async enqueue(tx, name, payload, options) {
      await tx.client.query('select graphile_worker.add_job($1, $2::json, job_key := $3)', [
        name,
        JSON.stringify(payload),
        options?.key ?? null,
      ]);
    },
    async start() {
      runner = await run({
        pgPool: pool,
        taskList: tasks,
        parsedCronItems: parseCronItems(crontab),
        concurrency: 2,
        pollInterval: 2_000,
        noHandleSignals: true,
        noPreparedStatements: false,
        logger: await logger(),
      });
    },
    async drain() {
      await runOnce({ pgPool: pool, taskList: tasks, logger: await logger() });
    },
    async stop() {
      await runner?.stop().catch(() => {});
      await pool.end();
    },
  };
}
