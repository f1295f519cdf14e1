/** FAULTS G3: the disk runs full under the database, the uploads and the logs, really full: a small file system. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { checkInvariants } from '../ledger/index.ts';
import { ask } from './coins.ts';
import { openCast, type Wish } from './load.ts';
import * as processes from './processes.ts';

/** A cluster takes half of it. */
const SIZE = '300m';

/** A file system of its own, or null where this user may not mount one. */
function mountSmall(): string | null {
  const place = mkdtempSync(join(tmpdir(), 'souk-small-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=0711`, 'souk-small', place]);
  if (mounted.status !== 0) {
    rmSync(place, { recursive: true, force: true });
    return null;
  }
  return place;
}

function unmount(place: string): void {
  spawnSync('umount', [place]);
  rmdirSync(place);
}

/** Takes all space that is left, to the last page. */
function fill(ballast: string): void {
  for (const bytes of [1 << 20, 1 << 16, 1 << 12]) {
    const part = Buffer.alloc(bytes);
    try {
      for (;;) appendFileSync(ballast, part);
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
    }
  }
}

type Answered = { wish: Wish; status: number; id: string | undefined };

async function send(wish: Wish): Promise<Answered> {
  const { status, body } = await ask(wish.who, 'POST', wish.path, wish.body, wish.key);
  return { wish, status, id: body?.[wish.id] };
}

test('G3: a full disk: 507 or 503, reads go on, nothing acknowledged is lost, and it recovers when there is room', async (t) => {
  const place = mountSmall();
  if (!place) return t.skip('this user may not mount a small file system');
  const data_dir = join(place, 'data');
  mkdirSync(data_dir, { mode: 0o711 });
  chmodSync(data_dir, 0o711);
  const open = await processes.startSouk({ SOUK_DATA_DIR: data_dir }).catch((error) => {
    unmount(place);
    throw error;
  });
  const guest = await processes.visit(processes.databaseOf(data_dir));
  t.after(async () => {
    await guest.close();
    await open.stop('SIGTERM');
    const left = processes.processesOf(data_dir);
    unmount(place);
    assert.deepEqual(left, [], 'no process is left');
  });
  const cast = await openCast((options) => guest.person(open.url, options));
  const wishes = (count: number) => Array.from({ length: count }, () => cast.wish());
  const before = await Promise.all(wishes(20).map(send));
  assert.deepEqual(new Set(before.map(({ status }) => status)), new Set([201]));
  const picture = await sharp({ create: { width: 600, height: 600, channels: 3, background: '#a40' } })
    .png()
    .toBuffer();
  const upload = () =>
    cast.giver.fetch('/api/people/me/avatar', {
      method: 'PUT',
      headers: { 'content-type': 'image/png' },
      body: new Uint8Array(picture),
    });
  assert.equal((await upload()).status, 200);

  const ballast = join(place, 'ballast');
  writeFileSync(ballast, '');
  fill(ballast);
  const full: Answered[] = [];
  const refused = () => full.filter(({ status }) => status !== 201);
  // What is reserved already is used up first; then every batch meets the end of the disk.
  for (let round = 0; round < 200 && refused().length < 100; round += 1) {
    full.push(...(await Promise.all(wishes(20).map(send))));
  }
  const statuses = new Set(full.map(({ status }) => status));
  t.diagnostic(`on a full disk: ${full.length} sent, ${refused().length} refused; ${[...statuses].join(', ')}`);
  assert.ok(refused().length >= 100, 'the disk was full');
  assert.deepEqual([...statuses.difference(new Set([201, 202, 503, 507]))], []);
  assert.ok([503, 507].includes((await upload()).status));
  for (const path of ['/wallet', '/gifts/catalog', '/people/me', '/orders']) {
    assert.equal((await ask(cast.giver, 'GET', path)).status, 200, `${path} is read on`);
  }

  rmSync(ballast);
  for (const { wish } of refused()) {
    let again = await send(wish);
    for (let tries = 0; again.status !== 201 && tries < 120; tries += 1) {
      await new Promise((resume) => setTimeout(resume, 500));
      again = await send(wish);
    }
    assert.equal(again.status, 201, 'with room again, the same key is served');
  }
  for (const { wish, status, id } of [...before, ...full]) {
    if (status === 201) assert.equal((await send(wish)).id, id, 'what was acknowledged is there');
  }
  assert.equal((await upload()).status, 200);
  assert.deepEqual(await checkInvariants(guest.ctx.db.q), []);
});
