/** Logs: one JSON line each, secrets redacted (FAULTS D17). */
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

export const createLog = (level: string): Logger =>
  pino({
    level,
    serializers: { error: pino.stdSerializers.err },
    redact: { paths: SECRETS.flatMap((name) => paths(name)), censor: '[redacted]' },
  });

const paths = (name: string): string[] =>
  name.startsWith('[')
    ? [name, `*${name}`, `*.*${name}`, `*.*.*${name}`]
    : [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`];
