/** Starts Souk and stops it on a signal. */
import { readConfig } from './config.ts';
import { CannotStart } from './kernel/cannot_start.ts';
import { start } from './start.ts';

const STOP_WITHIN_MS = 25_000;

const starting = start(readConfig(), console.log);
let stopping = false;

/** A signal that comes while we start waits for that: half a start leaves processes behind. */
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  console.log('\nStopping: finishing what was begun …');
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  const house = await starting;
  await house.stop();
  console.log('Stopped. Nothing was lost.');
  process.exit(0);
}

function fail(error: unknown): void {
  if (error instanceof CannotStart) console.error(error.message);
  else console.error(stopping ? 'Souk could not stop cleanly:' : 'Souk could not start by a mistake of ours:', error);
  process.exit(1);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop().catch(fail));
starting.catch(fail);
