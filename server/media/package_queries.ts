/** All SQL of media about uploads and packages. */
import type { Tx } from '../kernel/db.ts';
import type { Asks } from './queries.ts';

export interface Upload {
  /** Also the id of the package that it becomes. */
  upload_id: string;
  owner_id: string;
  file_name: string;
  size_bytes: bigint;
  state: 'receiving' | 'packaging' | 'packaged' | 'refused';
  /** The code of the refusal. */
  refusal: string | null;
  created_at: Date;
  received_at: Date | null;
  expires_at: Date;
}

const UPLOAD = 'upload_id, owner_id, file_name, size_bytes, state, refusal, created_at, received_at, expires_at';

export async function findUploads(q: Asks, upload_ids: string[]): Promise<Upload[]> {
  const { rows } = await q.query<Upload>(`select ${UPLOAD} from uploads where upload_id = any($1::uuid[])`, [
    upload_ids,
  ]);
  return rows;
}

/** Held until the caller's transaction ends: what becomes of the upload waits so long. */
export async function shareUpload(tx: Tx, upload_id: string): Promise<Upload | null> {
  const { rows } = await tx.client.query<Upload>(`select ${UPLOAD} from uploads where upload_id = $1 for share`, [
    upload_id,
  ]);
  return rows[0] ?? null;
}

export interface Package {
  package_id: string;
  owner_id: string;
  is_protected: boolean;
  duration_ms: number;
  width: number;
  height: number;
  has_sound: boolean;
  bytes: bigint;
  created_at: Date;
  purged_at: Date | null;
}

const PACKAGE =
  'package_id, owner_id, is_protected, duration_ms, width, height, has_sound, bytes, created_at, purged_at';

export async function findPackage(q: Asks, package_id: string): Promise<Package | null> {
  const { rows } = await q.query<Package>({
    name: 'media_find_package',
    text: `select ${PACKAGE} from packages where package_id = $1`,
    values: [package_id],
  });
  return rows[0] ?? null;
}

export async function setProtected(tx: Tx, package_id: string, is_protected: boolean): Promise<void> {
  await tx.client.query('update packages set is_protected = $2 where package_id = $1', [package_id, is_protected]);
}

export async function purge(tx: Tx, package_id: string, now: Date): Promise<void> {
  await tx.client.query('update packages set purged_at = coalesce(purged_at, $2) where package_id = $1', [
    package_id,
    now,
  ]);
}
