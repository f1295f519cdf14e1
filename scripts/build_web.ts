/** Builds the web app with Vite when its sources changed since the last build. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(import.meta.dirname, '..');
const MARK = join(ROOT, 'web/dist/.sources');

function hashOfSources(): string {
  const files = globSync(['web/**/*', 'sdk/**/*', 'package-lock.json'], {
    cwd: ROOT,
    withFileTypes: true,
    exclude: (entry) => entry.name === 'node_modules' || entry.name === 'dist',
  });
  const hash = createHash('sha256');
  const paths = files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.sort()) hash.update(path.slice(ROOT.length)).update(readFileSync(path));
  return hash.digest('hex');
}

/** The web app cannot be written: the clone is another user's. */
export class BuildRefused extends Error {}

/** @returns whether it had to build. Throws BuildRefused where it may not write. */
export async function buildWeb(): Promise<boolean> {
  const hash = hashOfSources();
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === hash) return false;
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  try {
    const args = [vite, 'build', join(ROOT, 'web'), '--logLevel', 'warn'];
    await promisify(execFile)(process.execPath, args, { cwd: ROOT });
    writeFileSync(MARK, hash);
  } catch (error) {
    if (!/\b(EACCES|EPERM|EROFS)\b/.test(`${error}`)) throw error;
    throw new BuildRefused(
      `The web app must be built, and this user may not write in ${ROOT}: run npm start once as its owner.`,
      { cause: error },
    );
  }
  return true;
}
