/** In real time: what a moderator ends is over for everybody, its gifts go back, its host is told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openHouse, type TestPerson } from '../test/harness.ts';
import { call, goLive, watch } from '../test/room.ts';

const PATIENCE_MS = 60_000;
const GIFTS = 4;

const house = await openHouse(null, { real: true });

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause(50)) {
    if (await holds()) return;
  }
  assert.fail(`${what}: not within ${PATIENCE_MS} ms`);
}

const coinsOf = async (who: TestPerson): Promise<string> =>
  JSON.stringify((await call<{ coins: unknown }>(who, 'GET', '/api/wallet')).body.coins);

test('A28: a live that a moderator ends is over for all its viewers, its gifts are back, its host is told why', async (t) => {
  const [host, fan] = [await house.person(), await house.person({ coins: 100 })];
  const mod = await house.person({ roles: ['moderator'] });
  const room = await goLive(house, host, 'Teapots');
  const viewers = await Promise.all(Array.from({ length: 40 }, () => watch(house, room.id)));
  const had = await coinsOf(fan);
  for (let i = 0; i < GIFTS; i += 1) {
    const { error } = await fan.api.POST('/api/gifts', { body: { gift: 'rose', count: 2, room_id: room.id } });
    assert.equal(error, undefined);
  }
  assert.notEqual(await coinsOf(fan), had);

  const at = performance.now();
  const ended = viewers.map((viewer) =>
    viewer
      .until((m) => 'events' in m && m.events.some((e) => e.type === 'ended' && e.reason === 'moderation'), PATIENCE_MS)
      .then(() => performance.now() - at),
  );
  const body = { subject: room.id, outcome: 'violation' as const, take_down: true, suspend_days: null };
  const decided = await mod.api.POST('/api/moderation/decisions', { body: { ...body, reason: 'dangerous glazes' } });
  assert.equal(decided.response.status, 201);
  const slowest = Math.max(...(await Promise.all(ended)));
  t.diagnostic(`the last of forty viewers saw the end after ${Math.round(slowest)} ms (goal: 1000)`);

  await until(async () => (await coinsOf(fan)) === had, 'every gift is back with its sender');
  t.diagnostic(`gifts were back after ${Math.round(performance.now() - at)} ms`);
  const { rows } = await house.ctx.db.pool.query('select 1 from gifts where room_id = $1 and state <> $2', [
    room.room_id,
    'returned',
  ]);
  assert.equal(rows.length, 0);
  const told = async () => {
    const items = (await host.api.GET('/api/notices')).data?.items ?? [];
    return items.some(({ kind }) => kind === 'moderation.measure');
  };
  await until(told, 'the host is told');
  const own = (await host.api.GET('/api/moderation/decisions/mine')).data?.items ?? [];
  assert.deepEqual([own[0]?.reason, own[0]?.take_down], ['dangerous glazes', true]);
});
