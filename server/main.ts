/** Starts Souk and stops it on a signal. */
import { readConfig } from './config.ts';
import { CannotStart } from './kernel/cannot_start.ts';
import { start } from './start.ts';

const STOP_WITHIN_MS = 25_000;

try {
  const house = await start(readConfig(), console.log);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    console.log('\nStopping: finishing what was begun …');
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    await house.stop();
    console.log('Stopped. Nothing was lost.');
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
} catch (error) {
  if (error instanceof CannotStart) console.error(error.message);
  else console.error('Souk could not start because of a mistake of ours:', error);
  process.exit(1);
}
