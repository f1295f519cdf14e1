/** The thread that reads an uploaded video: started for one file, bounded in memory and time, ended after it. */
import { parentPort, workerData } from 'node:worker_threads';
import { packFile } from './package_file.ts';
import { Unfit } from './package_limits.ts';

const port = parentPort;
if (!port) throw new Error('this file is the body of a thread');

/** The house says when it has written a piece: no more than one is under way. */
const given = async (piece: { n: number | null; bytes: Uint8Array }): Promise<void> => {
  const taken = Promise.withResolvers<void>();
  port.once('message', () => taken.resolve());
  port.postMessage({ piece });
  await taken.promise;
};

try {
  const { path } = workerData as { path: string };
  const packed = await packFile(path, {
    init: (bytes) => given({ n: null, bytes }),
    segment: (n, bytes) => given({ n, bytes }),
  });
  port.postMessage({ packed });
} catch (error) {
  if (!(error instanceof Unfit)) throw error;
  port.postMessage({ unfit: { code: error.code, detail: error.message } });
}
