/** Uploads: begun within a person's limits, received piece by piece, cancelled, or gone with their time. */
import { mkdir, statfs } from 'node:fs/promises';
import type { Context, Principal } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { emit } from '../kernel/events.ts';
import { fromWire, mintId } from '../kernel/ids.ts';
import { plain } from '../kernel/plain.ts';
import { Refusal } from '../kernel/refusal.ts';
import * as queries from './package_queries.ts';
import { PACKAGE, refuseUpload } from './packaging.ts';
import './refusals.ts';
import { deleteUploadFile, listUploadFiles, uploadFolder } from './upload_files.ts';

export const UPLOAD_LIMITS = {
  bytes: 1_000_000_000,
  /** Of all uploads of a person that are not finished. */
  unfinished_bytes: 2_000_000_000,
  unfinished: 10,
  a_day: 100,
  /** What is not finished by then is deleted. */
  kept_ms: 48 * 3_600_000,
  /** Bytes of the disk that uploads leave free. */
  reserve: 500_000_000,
} as const;
const DAY_MS = 86_400_000;
const BATCH = 100;

export interface NewUpload {
  size_bytes: number;
  /** As its owner named it. */
  file_name: string;
  /** Of which upload it is the smaller rendition; null: an upload of its own. */
  of_upload_id: string | null;
}

/**
 * Makes room for an upload. Refuses `upload_empty`, `too_large`, `upload_quota`, `too_many_uploads`, `storage_full`,
 * `not_found` for a rendition of what is not one's own.
 */
export async function beginUpload(ctx: Context, me: Principal, wish: NewUpload): Promise<string> {
  const { size_bytes, of_upload_id } = wish;
  if (!(size_bytes > 0)) throw new Refusal('upload_empty');
  if (!(size_bytes <= UPLOAD_LIMITS.bytes)) throw new Refusal('too_large', { extra: { most: UPLOAD_LIMITS.bytes } });
  if ((await freeBytes(ctx)) < size_bytes + UPLOAD_LIMITS.reserve) throw new Refusal('storage_full');
  const upload_id = mintId();
  const now = ctx.clock.now();
  await inTx(ctx.db, async (tx) => {
    const under_way = await queries.sumUnfinished(tx, me.person_id, new Date(now.getTime() - DAY_MS));
    const bytes = Number(under_way.bytes) + size_bytes;
    const full = under_way.unfinished >= UPLOAD_LIMITS.unfinished || bytes > UPLOAD_LIMITS.unfinished_bytes;
    if (full) throw new Refusal('upload_quota');
    if (under_way.a_day >= UPLOAD_LIMITS.a_day) throw new Refusal('too_many_uploads', { retry_after_s: 3_600 });
    if (of_upload_id) {
      const [whole] = await queries.findUploads(tx.client, [of_upload_id]);
      if (whole?.owner_id !== me.person_id || whole.rendition > 0) throw new Refusal('not_found');
    }
    const file_name = plain(wish.file_name).slice(0, 200) || 'video';
    const expires_at = new Date(now.getTime() + UPLOAD_LIMITS.kept_ms);
    await queries.insertUpload(tx, { ...wish, upload_id, owner_id: me.person_id, file_name, now, expires_at });
  });
  return upload_id;
}

async function freeBytes(ctx: Context): Promise<number> {
  const folder = uploadFolder(ctx);
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** All bytes are here: it waits for packaging. Again is no error. */
export async function receiveUpload(ctx: Context, upload_id: string): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    const upload = await queries.setReceived(tx, upload_id, ctx.clock.now());
    if (!upload) return;
    await ctx.jobs.enqueue(tx, PACKAGE, {}, { key: PACKAGE });
    await emit(tx, ctx, [{ type: 'upload.received', actor: upload.owner_id, subject: upload_id, data: {} }]);
  });
}

/** Deletes uploads that nobody finished in time, and files that belong to none. @returns how many uploads */
export async function expireUploads(ctx: Context, now: Date): Promise<number> {
  const expired = await queries.listExpired(ctx.db.pool, now, BATCH);
  for (const upload_id of expired) {
    await refuseUpload(ctx, upload_id, 'upload_expired');
    await deleteUploadFile(ctx, upload_id);
  }
  const ids = (await listUploadFiles(ctx)).flatMap(idOf);
  const kept = new Set((await queries.findUploads(ctx.db.pool, ids)).filter(isNeeded).map((one) => one.upload_id));
  for (const upload_id of ids) if (!kept.has(upload_id)) await deleteUploadFile(ctx, upload_id);
  return expired.length;
}

const isNeeded = ({ state }: queries.Upload): boolean => state === 'receiving' || state === 'packaging';

function idOf(name: string): string[] {
  try {
    return [fromWire('upload', name)];
  } catch {
    return [];
  }
}
