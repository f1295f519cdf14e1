/**
 * `npm run generate`: everything that is derived, from one migrated scratch database and the mounted routes.
 * `--check` writes nothing and fails when a file is stale.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { closeApp, createApp, createContext } from '../server/app.ts';
import { readConfig } from '../server/config.ts';
import { startPostgres } from '../server/kernel/embedded_postgres.ts';
import { migrate } from '../server/kernel/migrate.ts';
import { noticeTable } from '../server/notices/index.ts';
import { schemaSql } from './schema_sql.ts';

const ROOT = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'souk-generate-'));
// As root, the user that runs PostgreSQL passes through here.
chmodSync(scratch, 0o711);
const cluster = await startPostgres({ data_dir: scratch, fsync: false });

try {
  const owner_url = cluster.url('souk_owner');
  await migrate({ owner_url, app_url: cluster.url('souk_app'), now: new Date() });
  const { openapi, notices } = await describeApp(cluster.url('souk_app'));
  writeFileSync(join(scratch, 'openapi.json'), openapi);
  const files = {
    'server/schema.sql': await readSchema(owner_url),
    'server/kernel/schema.ts': generateTypes(owner_url),
    'sdk/openapi.json': openapi,
    'sdk/openapi.ts': program('openapi-typescript', [join(scratch, 'openapi.json'), '-o'], 'openapi.ts'),
    'docs/notices.md': between('docs/notices.md', notices),
  };
  finish(files);
} finally {
  await cluster.stop();
  rmSync(scratch, { recursive: true, force: true });
}

async function readSchema(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await schemaSql(client);
  } finally {
    await client.end();
  }
}

/** int8 is bigint and a time is a Date on our pools (kernel/db.ts); a date stays text. */
function generateTypes(url: string): string {
  const mapping = { int8: 'bigint', timestamptz: 'Date', date: 'string' };
  return program(
    'kysely-codegen',
    [
      ...['--dialect', 'postgres', '--url', url, '--date-parser', 'string', '--default-schema', 'public'],
      ...['--include-pattern', '{ledger,public,auth}.*', '--exclude-pattern', 'public.migrations'],
      ...['--type-mapping', JSON.stringify(mapping), '--out-file'],
    ],
    'schema.ts',
  );
}

/** Runs a generator whose last argument is the file it writes; returns what it wrote. */
function program(name: string, args: string[], file: string): string {
  const out = join(scratch, file);
  execFileSync(join(ROOT, 'node_modules', '.bin', name), [...args, out], { stdio: ['ignore', 'pipe', 'pipe'] });
  return readFileSync(out, 'utf8');
}

async function describeApp(database_url: string): Promise<{ openapi: string; notices: string }> {
  const config = { ...readConfig({ SOUK_DATA_DIR: scratch }, []), port: 0 };
  const app = await createApp(createContext(config, database_url));
  await app.ready();
  const openapi = `${JSON.stringify(app.swagger(), null, 2)}\n`;
  const notices = noticeTable(app.souk);
  await closeApp(app);
  return { openapi, notices };
}

/** A page of which one part is generated: what stands between its two marks. */
function between(path: string, generated: string): string {
  const page = readFileSync(join(ROOT, path), 'utf8');
  return page.replace(
    /(<!-- generated -->\n)[\s\S]*(<!-- \/generated -->)/,
    (_, begin, end) => begin + generated + end,
  );
}

function finish(files: Record<string, string>): void {
  const stale = Object.entries(files).filter(([path, text]) => {
    const file = join(ROOT, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
  if (process.argv.includes('--check')) {
    for (const [path] of stale) console.log(`${path} is stale: run \`npm run generate\` and commit it.`);
    process.exitCode = stale.length > 0 ? 1 : 0;
    return;
  }
  for (const [path, text] of stale) writeFileSync(join(ROOT, path), text);
  console.log(stale.length > 0 ? `wrote ${stale.map(([path]) => path).join(', ')}` : 'everything generated is fresh');
}
