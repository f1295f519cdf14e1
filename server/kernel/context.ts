/** What the house is made of at run time: one plain object, made once in app.ts. A function takes what it needs. */
import type pg from 'pg';
import type { Registry } from 'prom-client';
import type { Config } from '../config.ts';
import type { Batchers } from './batcher.ts';
import type { Bus } from './bus.ts';
import type { Clock } from './clock.ts';
import type { Db } from './db.ts';
import type { Relay } from './events.ts';
import type { Jobs } from './jobs.ts';
import type { Logger } from './log.ts';
import type { Mailer } from './mail.ts';
import type { Limiter } from './rate.ts';
import type { Storage } from './storage.ts';

/** Who asks: what the session says of a person. */
export interface Principal {
  person_id: string;
  session_id: string;
  handle: string;
  name: string;
  /** The market whose rules hold for this person, `DE`. */
  market: string;
  locale: 'de' | 'en';
  /** `YYYY-MM-DD`, or null where the person has not said. */
  born_on: string | null;
  email_verified: boolean;
  roles: string[];
  suspended_until: Date | null;
}

export interface Context {
  config: Config;
  log: Logger;
  clock: Clock;
  db: Db;
  /** Connections reserved for batchers, outside the request pool. */
  hot: pg.Pool;
  bus: Bus;
  storage: Storage;
  mail: Mailer;
  batchers: Batchers;
  relay: Relay;
  jobs: Jobs;
  limiter: Limiter;
  metrics: Registry;
  /** Reads the session cookie. Set by app.ts from the people room. */
  authenticate(cookie_header: string | undefined): Promise<Principal | null>;
}
