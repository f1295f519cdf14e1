/** A phone on a poor line: two pictures while it bears them, then less, then nothing for five seconds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import hlsParser from 'hls-parser';
import type { Page } from 'playwright-core';
import { readStamps, type Stamp, untilMoving } from '../fake_camera.ts';
import { openHouse } from '../harness.ts';
import { endLive, goLive, openGate, pause } from './visitor.ts';

// Speed is printed beside its goal; what is asserted is far above: a slow machine passes, a collapse fails.
const PATIENCE_MS = 60_000;
const FREEZE_MS = { goal: 8_000, most: 25_000 };
/** The picture is read in pieces, until it has shown what there is to see. */
const LOOK_MS = 2_000;

const house = await openHouse(null, { real: true });

/** The line of a phone, in kbit/s; null: as good as the machine's. */
async function lineOf(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  return (line: { up?: number; down?: number; offline?: boolean }) =>
    session.send('Network.emulateNetworkConditions', {
      offline: line.offline ?? false,
      latency: 40,
      uploadThroughput: line.up ? line.up * 125 : -1,
      downloadThroughput: line.down ? line.down * 125 : -1,
    });
}

test('a phone with 400 kbit/s and a gap of 5 s: a viewer with 600 kbit/s keeps watching', {
  timeout: 240_000,
}, async (t) => {
  const gate = openGate(house);
  t.after(gate.close);
  const mira = await gate.arrive({ size: 'phone', as: await house.person(), camera: 'tone', grain: true });
  mira.page.on('pageerror', (error) => console.error('host:', error.message));
  const uplink = await lineOf(mira.page);
  const { path } = await goLive(mira, house, 'On the train');

  const { page } = await gate.arrive({ size: 'phone' });
  const asked = { main: 0, low: 0 };
  page.on('request', (request) => {
    if (/seg-\d+\.m4s$/.test(request.url())) asked.main += 1;
    if (/low-\d+\.m4s$/.test(request.url())) asked.low += 1;
  });
  await page.goto(house.url + path);
  assert.ok(await untilMoving(page, PATIENCE_MS), 'the picture moves');
  const pictures = await variantsOf(path);
  t.diagnostic(
    `uplink: pictures ${pictures.map(({ bandwidth }) => `${Math.round(bandwidth / 1_000)} kbit/s`).join(', ')}`,
  );
  assert.equal(pictures.length, 2);
  const downlink = await lineOf(page);
  await downlink({ down: 600 });
  for (const until = Date.now() + PATIENCE_MS; asked.low === 0; await pause(200)) {
    assert.ok(Date.now() < until, 'the viewer goes over to the smaller picture');
  }

  let back_at = Number.POSITIVE_INFINITY;
  const watching = watch(page, (stamp) => stamp.taken_at > back_at);
  await uplink({ up: 400 });
  await mira.page.getByText(mira.t('golive.note_uplink_slow')).waitFor();
  await pause(5_000);
  await uplink({ up: 400, offline: true });
  await pause(5_000);
  await uplink({ up: 400 });
  back_at = Date.now();

  const stamps = await watching;
  const freezes = stamps.slice(1).map(({ read_at }, i) => read_at - (stamps[i]?.read_at ?? read_at));
  const longest = Math.max(...freezes);
  const last = stamps.at(-1);
  t.diagnostic(
    `uplink: ${stamps.length} stamps, the picture stood for ${longest} ms at most (goal ${FREEZE_MS.goal}), at the ` +
      `end ${last && last.read_at - last.taken_at} ms behind; ${asked.main} large and ${asked.low} small segments`,
  );
  assert.ok(longest < FREEZE_MS.most, `the picture stood for ${longest} ms`);
  assert.ok(last && last.taken_at > back_at, 'what the camera saw after the gap is seen');
  assert.equal((await roomOf(path)).state, 'live', 'the room survives');
  await endLive(mira);
});

async function watch(page: Page, enough: (stamp: Stamp) => boolean): Promise<Stamp[]> {
  const stamps: Stamp[] = [];
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until && !stamps.some(enough); ) {
    const more = await readStamps(page, LOOK_MS);
    stamps.push(...more.filter(({ taken_at }) => taken_at !== stamps.at(-1)?.taken_at));
  }
  return stamps;
}

type Room = { state: string; stream: { live_url: string } };

const roomOf = async (path: string): Promise<Room> =>
  (await fetch(`${house.url}/api/rooms/${path.split('/').at(-1)}`)).json() as Promise<Room>;

async function variantsOf(path: string) {
  const { stream } = await roomOf(path);
  const master = hlsParser.parse(await (await fetch(new URL(stream.live_url, house.url))).text());
  assert.ok(master.isMasterPlaylist);
  return master.variants;
}
