/**
 * How long a stranger waits for Souk: from nothing with the demo, and on a database that exists; what it
 * needs idle.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeDataDir, processesOf, type Running, removeDataDir, startSouk } from '../server/test/processes.ts';
import { type Goal, median, type Scenario } from './scenario.ts';

const ROUNDS = 3;
const IDLE_S = 10;
const BUILT = resolve(import.meta.dirname, '../web/dist/.sources');

export const scenario: Scenario = { name: 'start', run };

async function run(): Promise<Goal[]> {
  const [empty, existing, idle]: [number[], number[], number[]] = [[], [], []];
  console.log('round  empty s  existing s  idle MB');
  for (let round = 1; round <= ROUNDS; round += 1) {
    const data_dir = makeDataDir();
    rmSync(BUILT, { force: true });
    const begun = performance.now();
    const first = await startSouk({ SOUK_DATA_DIR: data_dir }, []);
    await demoIsOpen(first);
    empty.push((performance.now() - begun) / 1000);
    await first.stop('SIGTERM');
    const second = await startSouk({ SOUK_DATA_DIR: data_dir });
    existing.push(second.started_in_ms / 1000);
    await sleep(IDLE_S * 1000);
    idle.push(memoryOf(second, data_dir));
    await second.stop('SIGTERM');
    removeDataDir(data_dir);
    const [a, b, c] = [empty.at(-1) ?? 0, existing.at(-1) ?? 0, idle.at(-1) ?? 0];
    console.log(`${round}      ${a.toFixed(1).padStart(7)}  ${b.toFixed(1).padStart(10)}  ${c.toFixed(0).padStart(7)}`);
  }
  return [
    { what: 'on an existing database', reached: median(existing), goal: 5, unit: ' s', lower: true },
    { what: 'from empty, web app built, demo open', reached: median(empty), goal: 30, unit: ' s', lower: true },
    { what: 'idle memory beside PostgreSQL', reached: median(idle), goal: 250, unit: ' MB', lower: true },
  ];
}

/** The cast is made, and visitors may go through its doors. */
async function demoIsOpen({ url, output }: Running): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const demo = await (await fetch(`${url}/api/demo`)).json();
    if (demo.open) return;
    await sleep(100);
  }
  throw new Error(`the demo did not open\n${output()}`);
}

/** What the server and the provider's process hold, in MB; shared pages count by their share. */
function memoryOf({ pid }: Running, data_dir: string): number {
  const beside = processesOf(data_dir).filter((line) => !/postgres/.test(line));
  return [pid, ...beside.map((line) => Number.parseInt(line, 10))].reduce((sum, one) => sum + residentOf(one), 0);
}

function residentOf(pid: number): number {
  if (!existsSync('/proc') || !readdirSync('/proc').includes(String(pid))) return Number.NaN;
  const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(pss) / 1024;
}
