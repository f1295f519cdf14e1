/** Logs: one JSON line each, without secrets and without what people wrote (FAULTS D17). */
import { type Logger, pino } from 'pino';

export type { Logger };

const SECRETS = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  'password',
  'token',
  'secret',
  'stream_key',
  '["x-stream-key"]',
];

/** A sink that stands still costs log lines, never requests (FAULTS G11); so much waits for it to go on. */
const WAITING_MAX = 4_000_000;

export function createLog(level: string): Logger {
  const sink = pino.destination({ dest: 1, sync: false, maxLength: WAITING_MAX });
  // A closed pipe is no reason to stop serving.
  sink.on('error', () => {});
  return pino(
    {
      level,
      serializers: { error: plainError, err: plainError },
      redact: { paths: SECRETS.flatMap((name) => paths(name)), censor: '[redacted]' },
      hooks: { streamWrite: withoutAddresses },
    },
    sink,
  );
}

const paths = (name: string): string[] =>
  name.startsWith('[')
    ? [name, `*${name}`, `*.*${name}`, `*.*.*${name}`]
    : [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`];

/** Libraries put addresses of mails into their messages. Bounded on both sides: a long line costs little (D15). */
const ADDRESS = /[^\s"'<>()\\:/@]{1,64}@[^\s"'<>()\\:/@]{1,255}/g;
export const withoutAddresses = (line: string): string =>
  line.includes('@') ? line.replace(ADDRESS, '[address]') : line;

/** A name PostgreSQL gives to what an error is about; its `detail` and `where` repeat the person's row. */
const NAMES = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const;

/** What an error says of the code. What it says of the data stays in the database. */
export function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const from = error as Error & Partial<Record<(typeof NAMES)[number], unknown>>;
  const quotes = /^22/.test(String(from.code ?? ''));
  const said = (text: string) => (quotes ? text.replace(/"[^"]*"/g, '"…"') : text);
  return {
    type: error.name,
    message: said(error.message),
    stack: said(error.stack ?? ''),
    ...Object.fromEntries(NAMES.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]]))),
    ...(error.cause !== undefined && { cause: plainError(error.cause) }),
    ...(error instanceof AggregateError && { errors: error.errors.map(plainError) }),
  };
}
