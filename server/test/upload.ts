/** Uploads for tests, over the real protocol, and waiting for what becomes of them. */
import assert from 'node:assert/strict';
import type { House, TestPerson } from './harness.ts';

const PIECE = 'application/offset+octet-stream';
const b64 = (text: string) => Buffer.from(text).toString('base64');

export interface Meta {
  filename?: string;
  /** A smaller rendition of that upload. */
  of?: string;
}

/** Begins an upload. @returns its id on the wire and the answer */
export async function beginUpload(
  who: Pick<TestPerson, 'fetch'>,
  size: number | string,
  { filename = 'clip.mp4', of }: Meta = {},
): Promise<{ id: string; response: Response }> {
  const named = { filename, ...(of && { of, rendition: '1' }) };
  const metadata = Object.entries(named).map(([name, value]) => `${name} ${b64(value)}`);
  const response = await who.fetch('/api/media/uploads', {
    method: 'POST',
    headers: { 'tus-resumable': '1.0.0', 'upload-length': String(size), 'upload-metadata': metadata.join(',') },
  });
  return { id: response.headers.get('location')?.split('/').at(-1) ?? '', response };
}

/** Sends bytes from an offset on. */
export const sendPiece = (who: Pick<TestPerson, 'fetch'>, id: string, offset: number, bytes: Uint8Array) =>
  who.fetch(`/api/media/uploads/${id}`, {
    method: 'PATCH',
    headers: { 'tus-resumable': '1.0.0', 'upload-offset': String(offset), 'content-type': PIECE },
    body: new Uint8Array(bytes),
  });

/** How much has arrived. */
export async function askOffset(who: Pick<TestPerson, 'fetch'>, id: string): Promise<number> {
  const response = await who.fetch(`/api/media/uploads/${id}`, {
    method: 'HEAD',
    headers: { 'tus-resumable': '1.0.0' },
  });
  return Number(response.headers.get('upload-offset') ?? Number.NaN);
}

/** Uploads a whole file. @returns its id on the wire */
export async function uploadFile(who: Pick<TestPerson, 'fetch'>, bytes: Uint8Array, meta?: Meta): Promise<string> {
  const { id, response } = await beginUpload(who, bytes.length, meta);
  assert.equal(response.status, 201, await response.clone().text());
  const sent = await sendPiece(who, id, 0, bytes);
  assert.equal(sent.status, 204, await sent.clone().text());
  return id;
}

export interface UploadState {
  state: 'receiving' | 'packaging' | 'packaged' | 'refused';
  refusal: string | null;
}

export async function uploadState(who: Pick<TestPerson, 'fetch'>, id: string): Promise<UploadState> {
  return (await who.fetch(`/api/media/uploads/${id}`)).json() as Promise<UploadState>;
}

/** Uploads a file and packages it. @returns its id on the wire and what became of it */
export async function uploadAndPack(
  house: House,
  who: Pick<TestPerson, 'fetch'>,
  bytes: Uint8Array,
  meta?: Meta,
): Promise<UploadState & { id: string }> {
  const id = await uploadFile(who, bytes, meta);
  await house.drain();
  return { id, ...(await uploadState(who, id)) };
}
