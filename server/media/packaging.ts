/**
 * From received uploads to packages, one file at a time. What stands in the table is what there is to do: a process
 * that dies in the middle leaves the upload as it was, and the next one begins it anew.
 */
import type { Context } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { type Packed, type PackSink, Unfit, type Unusable, workLimits } from './package_limits.ts';
import * as queries from './package_queries.ts';
import { packInThread } from './package_thread.ts';
import { PACKAGE_CHANGED, packageFile } from './packages.ts';
import { deleteUploadFile, uploadFile } from './upload_files.ts';

/** The job that packages what waits. */
export const PACKAGE = 'media.package';
const MOST_ATTEMPTS = 3;
/** Two renditions of one video last equally long, up to half a second. */
const APART_MS = 500;
/** Boxes and tables beside the packets that are copied. */
const OVERHEAD = { bytes: 5_000_000, times: 1.2 };

export function definePackaging(ctx: Context): void {
  let running: Promise<number> | null = null;
  /** One at a time in a process: reading a video fills a core. */
  const once = () => {
    running ??= packageWaiting(ctx).finally(() => {
      running = null;
    });
    return running;
  };
  ctx.jobs.define(PACKAGE, once);
  ctx.jobs.cron('media.package_waiting', '* * * * *', once);
}

/** Packages all that waits and that nobody else is at. @returns how many */
export async function packageWaiting(ctx: Context): Promise<number> {
  const tried = new Set<string>();
  let done = 0;
  for (;;) {
    const waiting = await queries.listWaiting(ctx.db.pool, [...tried]);
    const [upload] = waiting;
    if (!upload) return done;
    tried.add(upload.upload_id);
    done += (await queries.withUploadLock(ctx.db, upload.upload_id, () => packageOne(ctx, upload.upload_id))) ? 1 : 0;
  }
}

/** @returns whether the upload became a package, or was refused; false where it still waits */
async function packageOne(ctx: Context, upload_id: string): Promise<boolean> {
  const upload = await queries.beginAttempt(ctx.db.pool, upload_id);
  if (!upload) return false;
  try {
    if (upload.attempts > MOST_ATTEMPTS) throw new Unfit('video_unreadable', 'it brought the process down');
    const limits = workLimits(Number(upload.size_bytes));
    const packed = await packInThread(uploadFile(ctx, upload_id), sinkOf(ctx, upload), limits);
    await inTx(ctx.db, (tx) => keep(ctx, tx, upload, packed));
  } catch (error) {
    if (!(error instanceof Unfit)) {
      // Not the file's fault (the disk is full, the database away): it stays and is tried again in a minute.
      await queries.takeBackAttempt(ctx.db.pool, upload_id);
      ctx.log.error({ error, upload_id }, 'a video could not be packaged now');
      return false;
    }
    ctx.log.info({ upload_id, code: error.code, detail: error.message }, 'an upload is refused');
    await refuseUpload(ctx, upload_id, error.code);
  }
  await deleteUploadFile(ctx, upload_id);
  return true;
}

const packageOf = ({ upload_id, of_upload_id }: queries.Upload): string => of_upload_id ?? upload_id;

function sinkOf(ctx: Context, upload: queries.Upload): PackSink {
  const prefix = `r${upload.rendition}`;
  const most = Number(upload.size_bytes) * OVERHEAD.times + OVERHEAD.bytes;
  let bytes_so_far = 0;
  const put = async (file: string, bytes: Uint8Array) => {
    bytes_so_far += bytes.length;
    if (bytes_so_far > most) throw new Unfit('video_too_complex', 'it grows while it is cut');
    await ctx.storage.put(packageFile(packageOf(upload), file), Buffer.from(bytes));
  };
  return {
    init: (bytes) => put(`${prefix}-init.mp4`, bytes),
    segment: (n, bytes) => put(`${prefix}-${n}.m4s`, bytes),
  };
}

async function keep(ctx: Context, tx: Tx, upload: queries.Upload, packed: Packed): Promise<void> {
  const package_id = packageOf(upload);
  const now = ctx.clock.now();
  if (!(await queries.setPackaged(tx, upload.upload_id))) return;
  if (upload.rendition === 0) {
    await queries.insertPackage(tx, { package_id, owner_id: upload.owner_id, ...packed, now });
  } else {
    const whole = await queries.findPackage(tx.client, package_id);
    const apart = Math.abs((whole?.duration_ms ?? Infinity) - packed.duration_ms);
    if (!whole || apart > APART_MS || whole.has_sound !== packed.has_sound) throw new Unfit('rendition_differs');
    await queries.addBytes(tx, package_id, packed.bytes);
    tx.after_commit.push(() => ctx.bus.publish(PACKAGE_CHANGED, { package_id }));
  }
  await queries.insertRendition(tx, package_id, { rendition: upload.rendition, ...packed });
  if (upload.rendition === 0) {
    await emit(tx, ctx, [{ type: 'package.ready', actor: upload.owner_id, subject: package_id, data: {} }]);
  }
}

/** An upload that becomes nothing; its owner is told why. Again is no error. */
export async function refuseUpload(ctx: Context, upload_id: string, refusal: Unusable): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    const upload = await queries.setRefused(tx, upload_id, refusal);
    if (!upload || upload.rendition > 0) return;
    const data = { refusal };
    await emit(tx, ctx, [{ type: 'package.refused', actor: upload.owner_id, subject: upload_id, data }]);
  });
}
