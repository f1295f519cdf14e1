/** A raid: fifty new accounts flood a chat. One mode, set on a phone, stops them; one action suspends them all. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from '../harness.ts';
import { goLive, textOf, type Watcher, watch } from '../room.ts';
import { openGate } from './visitor.ts';

const CROWD = 50;
const PATIENCE_MS = 60_000;

const house = await openHouse(null, { real: true });

test('a raid of fifty is stopped by one mode and ended by one action', { timeout: 300_000 }, async (t) => {
  const gate = openGate(house);
  t.after(gate.close);
  const [hanna, regular] = [await house.person({ handle: 'hanna' }), await house.person({ handle: 'regular' })];
  const mod = await house.person({ handle: 'mod.one', roles: ['moderator'] });
  await house.ctx.db.pool.query('update people set created_at = $1 where handle = any($2)', [
    new Date('2026-01-01T12:00:00Z'),
    ['hanna', 'regular', 'mod.one'],
  ]);
  const room = await goLive(house, hanna, 'Bowls on the wheel');
  const raiders = await Promise.all(Array.from({ length: CROWD }, (_, i) => house.person({ handle: `raider.${i}` })));
  const crowd = await Promise.all(raiders.map((raider) => watch(house, room.id, raider)));
  const friend = await watch(house, room.id, regular);

  const host = await gate.arrive({ as: hanna, size: 'phone' });
  await host.page.goto(`${house.url}/live/${room.id}`);
  const log = host.page.getByRole('log');
  const first = await say(crowd, 'join us at once');
  assert.ok(first.every((code) => code === 'said'));
  await log.getByText('join us at once').first().waitFor();

  await host.page.getByRole('button', { name: host.t('rooms.menu') }).click();
  await host.page.getByRole('menuitem', { name: host.t('chat.rules') }).click();
  const saved = host.page.waitForResponse(
    (reply) => /chat-rules$/.test(reply.url()) && reply.request().method() === 'PUT',
  );
  await host.page.getByLabel(host.t('chat.age')).selectOption('86400');
  assert.equal((await saved).status(), 200);
  const before = await written();
  await new Promise((resume) => setTimeout(resume, 1_100)); // a line a second is everybody's limit
  assert.deepEqual([...new Set(await say(crowd, 'and again'))], ['account_too_new']);
  assert.equal(await written(), before, 'no further message');
  assert.deepEqual(await say([friend], 'I am still here'), ['said'], 'who is known goes on writing');
  await host.page.keyboard.press('Escape');
  await log.getByText('I am still here').waitFor();

  const { page, t: text } = await gate.arrive({ as: mod });
  await page.goto(`${house.url}/operate/reports`);
  await page.getByRole('tab', { name: text('moderation.newcomers') }).click();
  await page.getByLabel(text('moderation.wrote_in')).selectOption({ label: 'Bowls on the wheel' });
  await page
    .getByRole('button', { name: new RegExp(`\\b${CROWD}\\b`) })
    .first()
    .click();
  await page
    .getByRole('button', { name: new RegExp(`\\b${CROWD}\\b.*`) })
    .nth(1)
    .click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel(text('moderation.reasoning')).fill('A raid on a live');
  const done = page.waitForResponse((reply) => reply.url().endsWith('/moderation/suspensions'));
  const pressed_at = Date.now();
  await sheet.getByRole('button', { name: new RegExp(`\\b${CROWD}\\b`) }).click();
  assert.equal((await done).status(), 201);
  for (const raider of crowd) {
    const closing = await raider.until((message) => message.type === 'closing', PATIENCE_MS);
    assert.equal(closing.type === 'closing' && closing.reason, 'suspended');
  }
  t.diagnostic(`fifty sockets were closed ${Date.now() - pressed_at} ms after the button`);
  await log.getByText('join us at once').first().waitFor({ state: 'detached' });
  await log.getByText('I am still here').waitFor();
  const visitor = await watch(house, room.id);
  assert.deepEqual(visitor.events().map(textOf), ['I am still here']);
  assert.deepEqual([...host.errors], []);
});

/** Everybody says it at once. @returns `said`, or why not */
const say = (watchers: Watcher[], text: string): Promise<string[]> =>
  Promise.all(
    watchers.map(async (watcher) => {
      const said = await watcher.ask({ type: 'chat.send', text });
      return said.type === 'ack' ? 'said' : said.problem.code;
    }),
  );

async function written(): Promise<number> {
  const { rows } = await house.ctx.db.pool.query("select count(*)::int as n from room_events where type = 'chat'");
  return rows[0].n;
}
