import { closeSync, existsSync, fdatasync, openSync, readFileSync, truncateSync, write } from 'node:fs';
import { promisify } from 'node:util';

const writeFile = promisify(write);
const syncFile = promisify(fdatasync);

/** An append-only file of JSON lines. `append` resolves once the line is on the disk; many callers share one fsync. */
export interface Journal<Line> {
  append(line: Line): Promise<void>;
  close(): Promise<void>;
}

/** Reads all whole lines (a line torn by a crash is cut off), hands them to `replay`, then opens the file for writing. */
export function openJournal<Line>(path: string, replay: (line: Line) => void): Journal<Line> {
  if (existsSync(path)) {
    const bytes = readFileSync(path);
    const whole = bytes.lastIndexOf(0x0a) + 1;
    if (whole < bytes.length) truncateSync(path, whole);
    for (const text of bytes.subarray(0, whole).toString('utf8').split('\n')) if (text) replay(JSON.parse(text));
  }
  const file = openSync(path, 'a');
  let waiting: { text: string; done: () => void; failed: (error: unknown) => void }[] = [];
  let flushing: Promise<void> | null = null;

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await writeFile(file, batch.map((entry) => entry.text).join(''));
        await syncFile(file);
        for (const entry of batch) entry.done();
      } catch (error) {
        for (const entry of batch) entry.failed(error);
      }
    }
    flushing = null;
  }

  return {
    append: (line) =>
      new Promise((done, failed) => {
        waiting.push({ text: `${JSON.stringify(line)}\n`, done, failed });
        flushing ??= flush();
      }),
    async close() {
      await flushing;
      closeSync(file);
    },
  };
}
