/**
 * A house for a test file: a database of its own, cloned from a migrated template, the app on a free port, a clock that
 * stands still. When the file is done, every invariant of the books is checked.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import createClient, { type Client } from 'openapi-fetch';
import pg from 'pg';
import { WebSocket } from 'ws';
import type { paths } from '../../sdk/openapi.ts';
import { closeApp, createApp, createContext } from '../app.ts';
import { readConfig } from '../config.ts';
import { createManualClock, type ManualClock, systemClock } from '../kernel/clock.ts';
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { mintId } from '../kernel/ids.ts';
import { checkInvariants } from '../ledger/index.ts';
import type { MarketCode } from '../markets/index.ts';
import { createPerson, mintSession } from '../people/index.ts';
import { clusterOfRun, TEMPLATE } from './cluster.ts';

export interface HouseOptions {
  /** Where the clock stands at first. Default: noon of 2 November 2026 in Berlin. */
  start?: Date;
  /** The clock on the wall instead: for sockets and journeys that take real time. */
  real?: boolean;
  /** For tests that break the books on purpose. */
  unchecked?: boolean;
  /** Adds routes of the test's own before the house opens. */
  mount?: (app: App) => void;
  /** With the demo's cast, which lives by itself. */
  demo?: boolean;
  /** Servers that play an outside party: origins that the house may call although they are not public. */
  stand_ins?: string[];
  /** Environment beyond the defaults. */
  env?: Record<string, string>;
}

export interface TestPerson {
  person_id: string;
  handle: string;
  cookie: string;
  /** The typed client as this person; a POST gets a key of its own unless the call gives one. */
  api: Client<paths>;
  /** A raw request as this person. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** A socket into a room, by its id on the wire. */
  socket(room: string): WebSocket;
}

export interface PersonOptions {
  handle?: string;
  name?: string;
  born_on?: string | null;
  market?: MarketCode;
  locale?: 'de' | 'en';
  roles?: string[];
  email_verified?: boolean;
  /** Bought with a sandbox card, as people buy them. */
  coins?: number;
}

export interface House {
  ctx: Context;
  app: App;
  url: string;
  clock: ManualClock;
  /** The database as its owner: for tampering. */
  owner_url: string;
  app_url: string;
  person(options?: PersonOptions): Promise<TestPerson>;
  /** Hands on all events and runs all jobs that wait. */
  drain(): Promise<void>;
}

type Ending = { after(run: () => unknown): void };
let houses = 0;

/** @param t the test whose end closes the house; the file's end without one */
export async function openHouse(t: Ending | null, options: HouseOptions = {}): Promise<House> {
  const cluster = clusterOfRun();
  houses += 1;
  const name = `house_${process.pid}_${houses}`;
  await clone(cluster.admin_url, name);
  const data_dir = mkdtempSync(join(tmpdir(), 'souk-house-'));
  const env = {
    SOUK_DATA_DIR: data_dir,
    PORT: '0',
    SOUK_LOG: process.env.SOUK_LOG ?? 'silent',
    SOUK_DEMO_VIDEOS: '0',
    ...options.env,
  };
  const clock = createManualClock(options.start ?? new Date('2026-11-02T11:00:00Z'));
  const app_url = cluster.url('souk_app', name);
  const ctx = createContext(
    { ...readConfig(env, options.demo ? [] : ['--no-demo']), stand_ins: options.stand_ins ?? [] },
    app_url,
    options.real ? systemClock : clock,
  );
  const app = await createApp(ctx);
  options.mount?.(app);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  if (options.real) ctx.relay.start();
  const close = async () => {
    await ctx.relay.drain().catch(() => 0);
    const faults = options.unchecked ? [] : await checkInvariants(ctx.db.q);
    await closeApp(app);
    await admin(cluster.admin_url, `drop database if exists ${name} with (force)`);
    rmSync(data_dir, { recursive: true, force: true });
    assert.deepEqual(faults, [], 'the books hold after the file');
  };
  if (t) t.after(close);
  else after(close);
  return {
    ctx,
    app,
    url,
    clock,
    owner_url: cluster.url('souk_owner', name),
    app_url,
    person: (person) => makePerson(ctx, url, person),
    async drain() {
      for (let taken = 1; taken > 0; ) {
        taken = await ctx.relay.drain();
        await ctx.jobs.drain();
      }
    },
  };
}

async function clone(admin_url: string, name: string): Promise<void> {
  await admin(admin_url, `create database ${name} template ${TEMPLATE} strategy file_copy owner souk_owner`);
  // What stands on the database itself is not part of the template.
  await admin(admin_url, `grant connect, create, temporary on database ${name} to souk_app`);
}

/** Runs one statement as the superuser of the cluster. */
export async function admin(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

let people = 0;

/** Makes a person directly in the database and speaks for them to the house at `url`. */
export async function makePerson(ctx: Context, url: string, given: PersonOptions = {}): Promise<TestPerson> {
  people += 1;
  const handle = given.handle ?? `person_${people}`;
  const person_id = await inTx(ctx.db, (tx) =>
    createPerson(ctx, tx, {
      handle,
      name: given.name ?? handle,
      email: `${handle}@example.test`,
      email_verified: given.email_verified ?? true,
      password_hash: null,
      market: given.market ?? 'DE',
      locale: given.locale ?? 'en',
      born_on: given.born_on === undefined ? '1990-05-05' : given.born_on,
      roles: given.roles ?? [],
    }),
  );
  const cookie = await mintSession(ctx, person_id);
  const person = clientOf(url, { person_id, handle, cookie });
  if (given.coins) {
    const { buyCoins } = await import('./coins.ts');
    await buyCoins(person, BigInt(given.coins), given.market ?? 'DE');
  }
  return person;
}

/** Requests with a cookie. @returns the person with clients that speak as them */
export function clientOf(url: string, who: Pick<TestPerson, 'person_id' | 'handle' | 'cookie'>): TestPerson {
  const api = createClient<paths>({ baseUrl: url, headers: { cookie: who.cookie } });
  api.use({
    onRequest({ request }) {
      if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
        request.headers.set('idempotency-key', mintId());
      }
      return request;
    },
  });
  return {
    ...who,
    api,
    fetch: (path, init = {}) => fetch(`${url}${path}`, { ...init, headers: { ...init.headers, cookie: who.cookie } }),
    socket: (room) =>
      new WebSocket(`${url.replace('http', 'ws')}/api/rooms/${room}/socket`, { headers: { cookie: who.cookie } }),
  };
}
