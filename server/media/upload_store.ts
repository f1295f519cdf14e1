/** How the tus server keeps uploads: the bytes in files of ours, all else in the table. */
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Configstore, FileStore } from '@tus/file-store';
import type { Lock, Locker, Upload } from '@tus/server';
import type { Context } from '../kernel/context.ts';
import { fromWire } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { findUpload } from './packages.ts';
import { refuseUpload } from './packaging.ts';
import { uploadFile, uploadFolder } from './upload_files.ts';

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT']);

/** tus asks by its own id, which is ours on the wire and the name of the file. */
const rowsOf = (ctx: Context): Configstore =>
  ({
    async get(name: string) {
      const upload = await findUpload(ctx.db.pool, fromWire('upload', name));
      if (upload?.state !== 'receiving') return undefined;
      return { id: name, size: Number(upload.size_bytes), offset: 0, creation_date: upload.created_at.toISOString() };
    },
    async set() {},
    // Called when its owner cancels it; the file is gone then.
    delete: (name: string) => refuseUpload(ctx, fromWire('upload', name), 'upload_cancelled'),
  }) as unknown as Configstore;

export class UploadStore extends FileStore {
  readonly #ctx: Context;

  constructor(ctx: Context) {
    super({ directory: uploadFolder(ctx), configstore: rowsOf(ctx) });
    this.#ctx = ctx;
    this.extensions = ['creation', 'creation-with-upload', 'termination'];
  }

  /** As the file store's own, but a full disk is told as what it is (FAULTS G3). What was written stays. */
  override async write(readable: NodeJS.ReadableStream, name: string, offset: number): Promise<number> {
    let bytes = 0;
    const count = new Transform({
      transform(chunk: Buffer, _, done) {
        bytes += chunk.length;
        done(null, chunk);
      },
    });
    const file = createWriteStream(uploadFile(this.#ctx, fromWire('upload', name)), { flags: 'r+', start: offset });
    await pipeline(readable, count, file).catch((error: NodeJS.ErrnoException) => {
      throw DISK_FULL.has(error.code ?? '') ? new Refusal('storage_full') : error;
    });
    return offset + bytes;
  }
}

export type StoredUpload = Upload;

const PATIENCE_MS = 3_000;

/**
 * One writer at a time (FAULTS E6). A second one asks the first to let go (its connection may be half dead) and then
 * finds out by its offset whether it may go on.
 */
export function createLocker(): Locker {
  const held = new Map<string, { release: () => unknown; free: PromiseWithResolvers<void> }>();
  const newLock = (id: string): Lock => ({
    async lock(signal, release) {
      const until = performance.now() + PATIENCE_MS;
      for (let other = held.get(id); other; other = held.get(id)) {
        await other.release();
        const left = until - performance.now();
        if (left <= 0 || signal.aborted) throw new Refusal('upload_busy');
        await Promise.race([other.free.promise, new Promise((resume) => setTimeout(resume, left).unref())]);
      }
      held.set(id, { release, free: Promise.withResolvers<void>() });
    },
    async unlock() {
      held.get(id)?.free.resolve();
      held.delete(id);
    },
  });
  return { newLock };
}
