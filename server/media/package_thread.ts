/** Runs the thread that reads an uploaded video: whatever the file holds, it ends in time and takes nothing with it. */
import { Worker } from 'node:worker_threads';
import { type Packed, type PackSink, Unfit, type Unusable } from './package_limits.ts';

const THREAD = new URL('./package_worker.ts', import.meta.url);

interface Said {
  piece?: { n: number | null; bytes: Uint8Array };
  packed?: Packed;
  unfit?: { code: Unusable; detail: string };
}

/**
 * Packages a file in a thread of its own (FAULTS E3).
 * @throws Unfit where the file cannot be used; what the sink throws
 */
export async function packInThread(
  path: string,
  sink: PackSink,
  { ms, heap_mb }: { ms: number; heap_mb: number },
): Promise<Packed> {
  const worker = new Worker(THREAD, {
    workerData: { path },
    resourceLimits: { maxOldGenerationSizeMb: heap_mb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    env: {}, // knows no secret
    stdout: true,
    stderr: true,
  });
  // What a library prints about a strange file is read by nobody.
  for (const stream of [worker.stdout, worker.stderr]) stream.resume();
  const { promise, resolve, reject } = Promise.withResolvers<Packed>();
  const timer = setTimeout(() => reject(new Unfit('video_too_slow')), ms);
  const give = async ({ n, bytes }: NonNullable<Said['piece']>) => {
    await (n === null ? sink.init(bytes) : sink.segment(n, bytes));
    worker.postMessage('go on');
  };
  worker.on('message', ({ piece, packed, unfit }: Said) => {
    if (piece) give(piece).catch(reject);
    if (packed) resolve(packed);
    if (unfit) reject(new Unfit(unfit.code, unfit.detail));
  });
  worker.once('error', (error: NodeJS.ErrnoException) => {
    const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    reject(new Unfit(full ? 'video_too_complex' : 'video_unreadable', error.message));
  });
  worker.once('exit', () => reject(new Unfit('video_unreadable', 'the thread ended without a word')));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
