/** Migrations: the plain SQL files of server/migrations, forward only, each applied once and in one transaction. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { CannotStart } from './cannot_start.ts';

export interface MigrateOptions {
  /** The role that owns the schemas. */
  owner_url: string;
  /** The role that serves: souk_app. */
  app_url: string;
  now: Date;
  folder?: string;
}

interface Migration {
  name: string;
  sql: string;
  hash: string;
}

const FOLDER = resolve(import.meta.dirname, '../migrations');
/** Two processes that start at once: one migrates, the other waits and finds nothing to do. */
const MIGRATE_LOCK = 7302;

/** Brings the database to this release. Refuses with CannotStart a newer database and a file changed after it ran. */
export async function migrate({ owner_url, app_url, now, folder = FOLDER }: MigrateOptions): Promise<void> {
  const owner = await connectOnce(owner_url, 'DATABASE_OWNER_URL');
  try {
    await owner.query('select pg_advisory_lock($1)', [MIGRATE_LOCK]);
    await prepare(owner);
    await applyPending(owner, readMigrations(folder), now);
    await owner.query(GRANTS_AFTER);
    const app = await connectOnce(app_url, 'DATABASE_URL');
    await app.end();
    // graphile-worker keeps its own line of time, under the role that runs it.
    await runMigrations({ connectionString: app_url, logger: undefined });
  } finally {
    await owner.end();
  }
}

async function prepare(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ app: boolean; version: number; me: string; owns: boolean }>(
    `select exists (select from pg_roles where rolname = 'souk_app') as app,
            current_setting('server_version_num')::int as version, current_user as me,
            pg_has_role(current_user, datdba, 'member') as owns
     from pg_database where datname = current_database()`,
  );
  const [{ app, version, me, owns } = { app: false, version: 0, me: '', owns: false }] = rows;
  if (version < 18_00_00) throw new CannotStart('Souk needs PostgreSQL 18 or newer.');
  if (!app) throw new CannotStart('The database has no role souk_app; docs/operating.md says how to make it.');
  if (!owns) {
    throw new CannotStart(
      `The role ${me} does not own this database: DATABASE_OWNER_URL must name its owner (docs/operating.md).`,
    );
  }
  await owner.query(GRANTS_BEFORE);
}

async function applyPending(owner: pg.Client, files: Migration[], now: Date): Promise<void> {
  const { rows } = await owner.query<{ name: string; hash: string }>('select name, hash from public.migrations');
  const known = new Map(files.map((file) => [file.name, file]));
  for (const { name, hash } of rows) {
    const file = known.get(name);
    if (!file)
      throw new CannotStart(`This database is newer than this Souk: it has ${name}. Start that release again.`);
    if (file.hash !== hash) {
      throw new CannotStart(`The migration ${name} was changed after this database had applied it; restore the file.`);
    }
  }
  const applied = new Set(rows.map((row) => row.name));
  for (const file of files) if (!applied.has(file.name)) await apply(owner, file, now);
}

async function apply(owner: pg.Client, { name, sql, hash }: Migration, now: Date): Promise<void> {
  await owner.query('begin');
  try {
    await owner.query(sql);
    await owner.query('insert into public.migrations values ($1, $2, $3)', [name, hash, now]);
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback').catch(() => {});
    throw new Error(`the migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}

/** In the order of their names, which begin with four digits. */
function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name));
  return names.sort().map((name) => {
    const sql = readFileSync(join(folder, name), 'utf8');
    return { name, sql, hash: createHash('sha256').update(sql).digest('hex') };
  });
}

/** souk_app reads and writes what migrations create in public; a migration takes away what goes too far. */
const GRANTS_BEFORE = `
  do $$ begin
    execute format('grant connect, create, temporary on database %I to souk_app', current_database());
  end $$;
  create table if not exists public.migrations (
    name text primary key,
    hash text not null,
    applied_at timestamptz(3) not null
  );
  grant select on public.migrations to souk_app;
  grant usage on schema public to souk_app;
  alter default privileges in schema public grant select, insert, update, delete on tables to souk_app;
  alter default privileges in schema public grant usage on sequences to souk_app`;

/** The sign-in library owns its rows. What may be done to the ledger is said where its tables are made. */
const GRANTS_AFTER = `
  grant usage on schema auth to souk_app;
  grant select, insert, update, delete on all tables in schema auth to souk_app`;

async function connectOnce(url: string, variable: string): Promise<pg.Client> {
  try {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'souk migrate',
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', () => {});
    await client.connect();
    return client;
  } catch (error) {
    const reason = (error as Error).message || (error as NodeJS.ErrnoException).code;
    throw new CannotStart(`Souk cannot connect to the database of ${variable} (${withoutPassword(url)}): ${reason}.`);
  }
}

function withoutPassword(text: string): string {
  if (!URL.canParse(text)) return 'which is no postgres:// address';
  const url = new URL(text);
  return `${url.hostname}:${url.port || 5432}${url.pathname}`;
}
