/** A certificate of our own for the local network: cameras need https. Made at the first start, kept after. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { CannotStart } from './cannot_start.ts';

interface Certificate {
  key: string;
  cert: string;
}

const DAYS = 825;

/** The machine's first address that others on the network can reach. */
export function lanAddress(): string {
  const found = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find((address) => address.family === 'IPv4' && !address.internal);
  if (!found) throw new CannotStart('This machine is on no network: --lan has no address to offer.');
  return found.address;
}

/** @param address the IP address it is for; a certificate of another address is replaced */
export async function certificateFor(data_dir: string, address: string): Promise<Certificate> {
  const folder = join(data_dir, 'certificate');
  const file = join(folder, `${address}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Certificate;
  const notBeforeDate = new Date();
  const made = await generate([{ name: 'commonName', value: address }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate,
    notAfterDate: new Date(notBeforeDate.getTime() + DAYS * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: false },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: address },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  const certificate = { key: made.private, cert: made.cert };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify(certificate), { mode: 0o600 });
  return certificate;
}
