/**
 * Packaging: seconds of video that one second of CPU turns into segments, threads and all. The clip is 720 × 1280 at
 * 30 pictures a second with sound, longer and shorter; a file that would loop is stopped by its time, not by this.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packInThread } from '../server/media/package_thread.ts';
import { makeClip } from '../server/test/clips.ts';
import { median, type Scenario } from './scenario.ts';

const ROUNDS = 9;
const LIMITS = { ms: 60_000, heap_mb: 384 };
/** What one core should do at least, for short clips with the start of their thread. */
const GOAL = 10;

export const scenario: Scenario = {
  name: 'package',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'souk-bench-package-'));
    try {
      const [short, long] = [await rateOf(folder, 1, 7), await rateOf(folder, 70, 490)];
      return [
        { what: 'seconds of video a second of CPU, clips of 7 s', reached: short, goal: GOAL },
        { what: 'seconds of video a second of CPU, videos of 8 min', reached: long, goal: GOAL },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function rateOf(folder: string, repeat: number, seconds: number): Promise<number> {
  const file = join(folder, `clip-${seconds}`);
  const clip = await makeClip({ seconds: 7, repeat });
  writeFileSync(file, clip);
  const rates: number[] = [];
  let wall_ms = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const [cpu, at] = [process.cpuUsage(), performance.now()];
    const { duration_ms } = await packInThread(file, { init: async () => {}, segment: async () => {} }, LIMITS);
    const { user, system } = process.cpuUsage(cpu);
    wall_ms = performance.now() - at;
    rates.push(duration_ms / 1_000 / ((user + system) / 1_000_000));
  }
  const megabytes = (clip.length / 1_000_000).toFixed(1);
  console.log(
    `${seconds} s, ${megabytes} MB: ${Math.round(median(rates))} s a CPU second; the last took ${Math.round(wall_ms)} ms`,
  );
  return median(rates);
}
