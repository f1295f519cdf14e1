/** What a file of bench/ exports, and what the scenarios share. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, startPostgres } from '../server/kernel/embedded_postgres.ts';
import { migrate } from '../server/kernel/migrate.ts';

export interface Goal {
  what: string;
  /** A ratio to a baseline of the same run, or a figure. */
  reached: number;
  goal: number;
  unit?: string;
  /** Set where less is better. */
  lower?: boolean;
}

export interface Scenario {
  name: string;
  /** Prints its table and returns how it stands to its goals. */
  run(): Promise<Goal[]>;
}

/** A migrated cluster of its own, with fsync and synchronous_commit on. */
export async function benchCluster(): Promise<{ cluster: Cluster; close(): Promise<void> }> {
  const data_dir = mkdtempSync(join(tmpdir(), 'souk-bench-'));
  const cluster = await startPostgres({ data_dir });
  await migrate({ owner_url: cluster.url('souk_owner'), app_url: cluster.url('souk_app'), now: new Date() });
  const close = async () => {
    await cluster.stop();
    rmSync(data_dir, { recursive: true, force: true });
  };
  return { cluster, close };
}

export const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
export const quantile = (values: number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * q)] ?? Number.NaN;

const TICKS = 100;

/** CPU seconds that a process and its children have used so far (Linux; 0 elsewhere). */
export function cpuOf(pid: number): number {
  try {
    const stats = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [statOf(name)] : []));
    const tree = stats.filter((stat) => stat && (stat.pid === pid || stat.parent === pid));
    return tree.reduce((sum, stat) => sum + (stat?.ticks ?? 0), 0) / TICKS;
  } catch {
    return 0;
  }
}

function statOf(pid: string) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return { pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return null;
  }
}
