/** Where the bytes of uploads lie while they are not packaged: one file each, under a name of ours (FAULTS E10). */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../kernel/context.ts';
import { toWire } from '../kernel/ids.ts';

type Where = { config: Pick<Context['config'], 'data_dir'> };

export const uploadFolder = ({ config }: Where): string => join(config.data_dir, 'uploads');

export const uploadFile = (where: Where, upload_id: string): string =>
  join(uploadFolder(where), toWire('upload', upload_id));

export const deleteUploadFile = (where: Where, upload_id: string): Promise<void> =>
  rm(uploadFile(where, upload_id), { force: true });

/** The names of all files that lie there. */
export const listUploadFiles = (where: Where): Promise<string[]> => readdir(uploadFolder(where)).catch(() => []);
