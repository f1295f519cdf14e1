/** Packages: videos cut into segments that never change, watched by everybody or asked for byte by byte. */
import type { Context } from '../kernel/context.ts';
import { inTx, type Tx } from '../kernel/db.ts';
import { toWire } from '../kernel/ids.ts';
import { onErasure } from '../people/index.ts';
import * as queries from './package_queries.ts';
import type { Asks } from './queries.ts';

export { findPackage, findUploads, type Package, shareUpload, type Upload } from './package_queries.ts';

/** Bus subject: a package is protected, open or gone from now on. Payload `{package_id}`. */
export const PACKAGE_CHANGED = 'media.package_changed';

/** Where a file of a package lies in the storage. */
export const packageFile = (package_id: string, file: string): string => `packages/${package_id}/${file}`;

/** Where players begin. */
export const packageUrl = (package_id: string): string =>
  `/media/packages/${toWire('package', package_id)}/master.m3u8`;

/** Puts a package behind the entitlement check, or in front of it. What caches already hold stays there. */
export async function setPackageProtected(
  tx: Tx,
  ctx: Pick<Context, 'bus'>,
  package_id: string,
  is_protected: boolean,
): Promise<void> {
  await queries.setProtected(tx, package_id, is_protected);
  tx.after_commit.push(() => ctx.bus.publish(PACKAGE_CHANGED, { package_id }));
}

/** Deletes a package for good: nobody finds it any more, then its files go. Twice is once. */
export async function deletePackage(ctx: Context, package_id: string): Promise<void> {
  await inTx(ctx.db, async (tx) => {
    await queries.purge(tx, package_id, ctx.clock.now());
    tx.after_commit.push(() => ctx.bus.publish(PACKAGE_CHANGED, { package_id }));
  });
  await ctx.storage.deleteAll(`packages/${package_id}`);
}

/** Whoever deletes their account takes their uploads along; packages go with the posts that they belong to. */
export function forgetUploadsOfTheErased(ctx: Context): void {
  onErasure(ctx, { forget: queries.forgetUploads });
}

/** An upload by its id, or null. */
export async function findUpload(q: Asks, upload_id: string): Promise<queries.Upload | null> {
  const [upload] = await queries.findUploads(q, [upload_id]);
  return upload ?? null;
}
