/**
 * The conventions of the house that no compiler knows (STYLE.md, ARCHITECTURE.md). Each rule says why it stands.
 * Run by `npm run check` and as a test.
 */
import { globSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';

export interface Source {
  /** From the root of the project, with `/`. */
  path: string;
  text: string;
}

/** A room may use the doors of the rooms above it, never of one below. */
const ROOMS = [
  ...[
    'instance',
    'markets',
    'people',
    'access',
    'notices',
    'payments',
    'wallet',
    'media',
    'videos',
    'rooms',
    'cohosts',
    'tips',
    'gifts',
    'battles',
  ],
  ...[
    'subscriptions',
    'catalog',
    'orders',
    'affiliate',
    'campaigns',
    'deals',
    'rewards',
    'feed',
    'payouts',
    'messages',
  ],
  ...['search', 'moderation', 'insights', 'webhooks', 'demo'],
];

/** The least shall fit into a head: most files of a kind are far below their limit. */
const LIMITS: [pattern: RegExp, lines: number][] = [
  [/^server\/main\.ts$/, 60],
  [/^server\/app\.ts$/, 150],
  [/^server\/[a-z_]+\/index\.ts$/, 30],
  [/^server\/[a-z_]+\/([a-z_]+_)?api\.ts$/, 200],
  [/^server\/[a-z_]+\/([a-z_]+_)?postings\.ts$/, 150],
  [/^server\/[a-z_]+\/([a-z_]+_)?jobs\.ts$/, 200],
  [/\.tsx?$/, 300],
];
const MAX_COLUMNS = 120;
const GENERATED = new Set(['server/kernel/schema.ts', 'sdk/openapi.ts', 'server/schema.sql']);

const isTest = (path: string): boolean =>
  /\.(test|journey)\.tsx?$/.test(path) || /^(server\/test|scripts|bench|examples)\//.test(path);
const roomOf = (path: string): string | null => /^server\/([a-z_]+)\//.exec(path)?.[1] ?? null;
const isRoom = (name: string | null): name is string => name !== null && ROOMS.includes(name);
const nameOf = (path: string): string => posix.basename(path);

/** What the modules of a file are called, as written. */
function importsOf({ text }: Source): string[] {
  const found = text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)/g);
  return [...found].map(([, fixed, dynamic]) => fixed ?? dynamic ?? '');
}

const resolveImport = (source: Source, name: string): string =>
  name.startsWith('.') ? posix.normalize(posix.join(posix.dirname(source.path), name)) : name;

type Rule = (source: Source) => string[];

/** Code without comments: prose may say what code may not. */
const codeOf = ({ path, text }: Source): string =>
  path.endsWith('.sql')
    ? text.replace(/--.*/g, '')
    : text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*/g, '$1');

const directions: Rule = (source) => {
  const own = roomOf(source.path);
  if (own === null || isTest(source.path)) return [];
  return importsOf(source).flatMap((name) => {
    const target = resolveImport(source, name);
    const other = roomOf(target);
    if (other === null || other === own || other === 'kernel') return [];
    if (own === 'kernel')
      return [`imports ${target}: the kernel knows no room, or every room would depend on every other`];
    const door = nameOf(target) === 'index.ts';
    if (other === 'ledger') return door ? [] : [`imports ${target}: only a door (index.ts) is promised to stay`];
    if (!isRoom(other)) return [`imports ${target}: only tests may`];
    if (own === 'ledger') return [`imports ${target}: the ledger knows no product`];
    if (!door) return [`imports ${target}: only a door (index.ts) is promised to stay`];
    if (isRoom(own) && ROOMS.indexOf(other) < ROOMS.indexOf(own)) return [];
    return [
      `imports ${other}, which stands below ${own} in the house: emit an event or fill a port instead (ARCHITECTURE.md)`,
    ];
  });
};

const knownRooms: Rule = ({ path }) => {
  const name = roomOf(path);
  if (name === null || isRoom(name) || ['kernel', 'ledger', 'migrations', 'test'].includes(name)) return [];
  return [
    `is in no room of the house: add ${name} to ARCHITECTURE.md and to scripts/tidy.ts, where its place decides whom it may use`,
  ];
};

const names: Rule = ({ path }) =>
  /(^|[/_.])(utils?|helpers?|common|manager|service)([/_.]|$)/.test(path)
    ? ['has a name that says nothing: name it after what it holds, or nobody finds it']
    : [];

const flat: Rule = ({ path }) => {
  const [, room = '', ...rest] = path.split('/');
  return path.startsWith('server/') && isRoom(room) && room !== 'markets' && rest.length > 1
    ? ['is in a sub-folder: a room is one folder whose files are found by their names']
    : [];
};

const SQL = /\bsql`|\bsql<|\.query\(|\.(selectFrom|insertInto|updateTable|deleteFrom)\(/;

const sqlOnlyInQueries: Rule = (source) => {
  const room = roomOf(source.path);
  if (!isRoom(room) || isTest(source.path) || /(queries|invariants)\.ts$/.test(source.path)) return [];
  return SQL.test(codeOf(source))
    ? ['speaks SQL: it belongs into queries.ts (or invariants.ts), where all access to the tables is read at once']
    : [];
};

const CLOCKS = /(?<![.\w])(now\(\)(?!\s*[:{])|current_timestamp|current_date|localtimestamp|\w+_timestamp\(\))/i;

const sqlReadsNoClock: Rule = (source) => {
  const speaks = source.path.endsWith('.sql') || /queries\.ts$|\/(kernel|ledger)\//.test(source.path);
  if (!speaks || isTest(source.path) || GENERATED.has(source.path)) return [];
  const found = CLOCKS.exec(codeOf(source));
  return found
    ? [`reads the database's clock (${found[0]}): a test could not move it; pass the time of ctx.clock`]
    : [];
};

const roomsReadNoClock: Rule = (source) => {
  if (!isRoom(roomOf(source.path)) || isTest(source.path) || /sandbox_process\.ts$/.test(source.path)) return [];
  const found = /\bDate\.now\(\)|\bnew Date\(\)|\bTemporal\.Now\b/.exec(codeOf(source));
  return found ? [`reads the clock on the wall (${found[0]}): a test could not move it; take ctx.clock`] : [];
};

const migrations: Rule = (source) => {
  if (!source.path.startsWith('server/migrations/')) return [];
  const code = codeOf(source);
  const faults: string[] = [];
  if (!/^\d{4}_[a-z_]+\.sql$/.test(nameOf(source.path)))
    faults.push('is not named 0001_name.sql, so it is never applied');
  if (/\bas enum\b/i.test(code))
    faults.push('makes an enum: values cannot be taken away from it; use text with a CHECK');
  if (/\btimestamptz(?!\(3\))|\btimestamp\b/i.test(code)) {
    faults.push('has a time that is no timestamptz(3): it would not survive the way to the wire and back');
  }
  if (/\b(float|real|double precision|money)\b/i.test(code))
    faults.push('has a type that rounds: money is bigint minor units');
  return faults;
};

const environment: Rule = (source) =>
  !isTest(source.path) &&
  source.path.startsWith('server/') &&
  source.path !== 'server/config.ts' &&
  /\bprocess\.env\b/.test(codeOf(source))
    ? ['reads process.env: config.ts alone does, so that one file lists what an operator can set']
    : [];

const sizes: Rule = ({ path, text }) => {
  if (GENERATED.has(path) || !/\.(tsx?|sql)$/.test(path)) return [];
  const lines = text.trimEnd().split('\n');
  const limit = isTest(path) ? 300 : LIMITS.find(([pattern]) => pattern.test(path))?.[1];
  // The formatter breaks code; what it leaves long is a text, which stays whole so that one finds it.
  const long = (line: string) => line.length > MAX_COLUMNS && !/['"`>]/.test(line);
  const faults = lines.flatMap((line, at) => (long(line) ? [`line ${at + 1} is longer than ${MAX_COLUMNS}`] : []));
  if (limit && lines.length > limit)
    faults.unshift(`has ${lines.length} lines of at most ${limit}: split it by what it holds`);
  return faults;
};

const noEnums: Rule = (source) =>
  /\.tsx?$/.test(source.path) && /(^|\n)\s*(export\s+)?(const\s+)?enum\s+\w+\s*\{/.test(codeOf(source))
    ? ['declares an enum, which Node cannot erase: use a union of strings']
    : [];

const purePostings: Rule = (source) => {
  if (!/^server\/[a-z_]+\/([a-z_]+_)?postings\.ts$/.test(source.path)) return [];
  const faults: string[] = [];
  const found = /\bawait\b|\basync\b|\bfetch\(|\bDate\.now\(\)|\bnew Date\(|\bMath\.random\(|\bprocess\./.exec(
    codeOf(source),
  );
  if (found)
    faults.push(
      `is not pure (${found[0]}): how money moves must be readable, and testable, as facts in and transfers out`,
    );
  for (const name of importsOf(source)) {
    const target = resolveImport(source, name);
    const computes = /^server\/(kernel\/(money|ids|clock)|[a-z_]+\/(?!queries|jobs|api)[a-z_]+)\.ts$/.test(target);
    if (!computes) faults.push(`imports ${target}, which may do more than compute`);
  }
  return faults;
};

const RULES: Rule[] = [
  ...[directions, knownRooms, names, flat, sqlOnlyInQueries, sqlReadsNoClock, roomsReadNoClock],
  ...[migrations, environment, sizes, noEnums, purePostings],
];

/** @returns one line for each fault */
export const tidy = (sources: Source[]): string[] =>
  sources.flatMap((source) => RULES.flatMap((rule) => rule(source).map((fault) => `${source.path} ${fault}`)));

export function readSources(root = resolve(import.meta.dirname, '..')): Source[] {
  const paths = globSync('{sdk,server,web,scripts,bench,examples}/**/*.{ts,tsx,sql}', {
    cwd: root,
    exclude: (path) => path.includes('node_modules') || path.includes('dist'),
  });
  return paths.sort().map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

if (import.meta.main) {
  const faults = tidy(readSources());
  for (const fault of faults) console.log(fault);
  console.log(faults.length === 0 ? 'tidy: nothing to say' : `tidy: ${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
