/** All SQL of media about uploads and packages. */
import type { Db, Tx } from '../kernel/db.ts';
import type { Rendition } from './package_playlists.ts';
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
  /** 0: the file as it was; 1: a smaller one that the uploader's browser made of it. */
  rendition: number;
  of_upload_id: string | null;
  attempts: number;
}

const UPLOAD = `upload_id, owner_id, file_name, size_bytes, state, refusal, created_at, received_at, expires_at, rendition,
  of_upload_id, attempts`;

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

/** The upload says that it is over: nothing is posted of it any more. */
export async function purge(tx: Tx, package_id: string, now: Date): Promise<void> {
  await tx.client.query(
    `update uploads set state = 'refused', refusal = 'upload_expired', file_name = 'video'
     where upload_id = $1 and state = 'packaged'`,
    [package_id],
  );
  await tx.client.query('update packages set purged_at = coalesce(purged_at, $2) where package_id = $1', [
    package_id,
    now,
  ]);
}

/** Forgets how a person named their files and ends what they have under way. Their files go with the next sweep. */
export async function forgetUploads(tx: Tx, owner_id: string): Promise<void> {
  await tx.client.query(
    `update uploads set file_name = 'video',
       refusal = case when state in ('receiving', 'packaging') then 'upload_cancelled' else refusal end,
       state = case when state in ('receiving', 'packaging') then 'refused' else state end
     where owner_id = $1`,
    [owner_id],
  );
}

export async function insertUpload(
  tx: Tx,
  row: Pick<Upload, 'upload_id' | 'owner_id' | 'file_name' | 'of_upload_id' | 'expires_at'> & {
    size_bytes: number;
    now: Date;
  },
): Promise<void> {
  await tx.client.query(
    `insert into uploads (upload_id, owner_id, file_name, size_bytes, state, created_at, expires_at, rendition, of_upload_id)
     values ($1, $2, $3, $4, 'receiving', $5, $6, $7, $8)`,
    [
      row.upload_id,
      row.owner_id,
      row.file_name,
      row.size_bytes,
      row.now,
      row.expires_at,
      row.of_upload_id === null ? 0 : 1,
      row.of_upload_id,
    ],
  );
}

/** What a person has under way. Two who ask at once wait for each other. */
export async function sumUnfinished(
  tx: Tx,
  owner_id: string,
  since: Date,
): Promise<{ unfinished: number; bytes: bigint; a_day: number }> {
  await tx.client.query('select pg_advisory_xact_lock(hashtextextended($1, 29))', [owner_id]);
  const { rows } = await tx.client.query<{ unfinished: number; bytes: bigint; a_day: number }>(
    `select count(*) filter (where state = 'receiving')::int as unfinished,
       coalesce(sum(size_bytes) filter (where state = 'receiving'), 0)::int8 as bytes,
       count(*) filter (where created_at > $2)::int as a_day
     from uploads where owner_id = $1 and (state = 'receiving' or created_at > $2)`,
    [owner_id, since],
  );
  return rows[0] as { unfinished: number; bytes: bigint; a_day: number };
}

export async function setReceived(tx: Tx, upload_id: string, now: Date): Promise<Upload | null> {
  const { rows } = await tx.client.query<Upload>(
    `update uploads set state = 'packaging', received_at = $2 where upload_id = $1 and state = 'receiving'
     returning ${UPLOAD}`,
    [upload_id, now],
  );
  return rows[0] ?? null;
}

export async function listExpired(q: Asks, now: Date, limit: number): Promise<string[]> {
  const { rows } = await q.query<{ upload_id: string }>(
    `select upload_id from uploads where state = 'receiving' and expires_at < $1 order by expires_at limit $2`,
    [now, limit],
  );
  return rows.map(({ upload_id }) => upload_id);
}

/** What waits for packaging, oldest first; a second rendition waits for its first. */
export async function listWaiting(q: Asks, but: string[]): Promise<Pick<Upload, 'upload_id'>[]> {
  const { rows } = await q.query<Pick<Upload, 'upload_id'>>(
    `select u.upload_id from uploads u left join uploads w on w.upload_id = u.of_upload_id
     where u.state = 'packaging' and u.upload_id <> all($1::uuid[])
       and (w.upload_id is null or w.state in ('packaged', 'refused'))
     order by u.received_at limit 1`,
    [but],
  );
  return rows;
}

/** @returns null where somebody else has finished it */
export async function beginAttempt(q: Asks, upload_id: string): Promise<Upload | null> {
  const { rows } = await q.query<Upload>(
    `update uploads set attempts = attempts + 1 where upload_id = $1 and state = 'packaging' returning ${UPLOAD}`,
    [upload_id],
  );
  return rows[0] ?? null;
}

export async function takeBackAttempt(q: Asks, upload_id: string): Promise<void> {
  await q.query('update uploads set attempts = attempts - 1 where upload_id = $1 and attempts > 0', [upload_id]);
}

/** @returns whether it was still wanted */
export async function setPackaged(tx: Tx, upload_id: string): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    `update uploads set state = 'packaged' where upload_id = $1 and state = 'packaging'`,
    [upload_id],
  );
  return rowCount === 1;
}

/** @returns the upload, or null where it had already ended */
export async function setRefused(tx: Tx, upload_id: string, refusal: string): Promise<Upload | null> {
  const { rows } = await tx.client.query<Upload>(
    `update uploads set state = 'refused', refusal = $2 where upload_id = $1 and state in ('receiving', 'packaging')
     returning ${UPLOAD}`,
    [upload_id, refusal],
  );
  return rows[0] ?? null;
}

/** A package that nobody may see yet. */
export async function insertPackage(
  tx: Tx,
  row: Pick<Package, 'package_id' | 'owner_id' | 'duration_ms' | 'width' | 'height' | 'has_sound'> & {
    bytes: number;
    now: Date;
  },
): Promise<void> {
  await tx.client.query(
    `insert into packages (package_id, owner_id, is_protected, duration_ms, width, height, has_sound, bytes, created_at)
     values ($1, $2, true, $3, $4, $5, $6, $7, $8)`,
    [row.package_id, row.owner_id, row.duration_ms, row.width, row.height, row.has_sound, row.bytes, row.now],
  );
}

export async function addBytes(tx: Tx, package_id: string, bytes: number): Promise<void> {
  await tx.client.query('update packages set bytes = bytes + $2 where package_id = $1', [package_id, bytes]);
}

export async function insertRendition(tx: Tx, package_id: string, row: Rendition): Promise<void> {
  await tx.client.query(
    `insert into package_renditions (package_id, rendition, codecs, width, height, peak_bits_per_s, segments)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (package_id, rendition) do update
     set codecs = $3, width = $4, height = $5, peak_bits_per_s = $6, segments = $7`,
    [package_id, row.rendition, row.codecs, row.width, row.height, row.peak_bits_per_s, JSON.stringify(row.segments)],
  );
}

export async function listRenditions(q: Asks, package_id: string): Promise<Rendition[]> {
  const { rows } = await q.query<Rendition>(
    `select rendition, codecs, width, height, peak_bits_per_s, segments from package_renditions
     where package_id = $1 order by rendition`,
    [package_id],
  );
  return rows;
}

/**
 * Runs `work` unless another process is at the same upload. The lock is the connection's: it goes with a process that
 * dies, so that the next one begins anew.
 */
export async function withUploadLock(db: Db, upload_id: string, work: () => Promise<boolean>): Promise<boolean> {
  const client = await db.pool.connect();
  try {
    const { rows } = await client.query<{ held: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 29)) as held',
      [upload_id],
    );
    if (!rows[0]?.held) return false;
    try {
      return await work();
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 29))', [upload_id]);
    }
  } finally {
    client.release();
  }
}
