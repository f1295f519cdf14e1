/** Over every notice of the house: its texts are whole in both languages, and it is told exactly once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { inTx } from '../kernel/db.ts';
import { mintId } from '../kernel/ids.ts';
import { openHouse, type PersonOptions, type TestPerson } from '../test/harness.ts';
import { type Browser, openPushService } from '../test/push_receiver.ts';
import { bodyOf, lineOf } from './compose.ts';
import { type Notice, notify, registryOf, type Told } from './index.ts';
import { take } from './notices.ts';
import { claimSends } from './send_queries.ts';
import { sendDue } from './sending.ts';
import { readTexts } from './texts.ts';

const service = await openPushService();
const house = await openHouse(null, { env: { SOUK_PRIVATE_ORIGINS: service.origin } });
const { ctx } = house;
const notices = [...registryOf(ctx).values()];
const LONG_MS = 10 * 60_000;

/** What the text of a message asks for. */
function variablesOf(message: unknown, found = new Set<string>()): Set<string> {
  if (!Array.isArray(message)) return found;
  for (const token of message) {
    if (!Array.isArray(token)) continue;
    found.add(String(token[0]));
    if (typeof token[2] === 'object' && token[2] !== null) {
      for (const branch of Object.values(token[2])) variablesOf(branch, found);
    }
  }
  return found;
}

test('all texts of notices stand in both languages and ask for the same values', () => {
  const [de, en] = [readTexts('de'), readTexts('en')];
  assert.deepEqual([...de.keys()].sort(), [...en.keys()].sort());
  const asked = (text: string | undefined) => [...variablesOf(compileMessageOrThrow(text ?? ''))].sort();
  for (const [id, text] of en) assert.deepEqual(asked(de.get(id)), asked(text), id);
});

test('every notice says everything that it is declared to say, from its own example', () => {
  const en = readTexts('en');
  for (const notice of notices) {
    const { kind, texts = kind, channels, example } = notice;
    const parts = ['name', 'line', ...(channels.mail ? ['subject', 'body'] : [])];
    const given = new Set([...Object.keys(example), 'actor', 'others', 'times', 'secret', 'name']);
    for (const part of parts) {
      const text = en.get(`${texts}.${part}`);
      assert.ok(text, `${texts}.${part} stands nowhere`);
      for (const name of variablesOf(compileMessageOrThrow(text))) {
        assert.ok(given.has(name), `${texts}.${part} asks for ${name}, which the example does not give`);
      }
    }
    for (const locale of ['de', 'en'] as const) {
      const facts = { params: example, link: null, actor: 'Ana', actor_count: 13, notice_count: 13 };
      const reader = { locale, zone: 'Europe/Berlin' };
      assert.ok(lineOf(reader, notice, facts).length > 3);
      if (channels.mail) assert.ok(bodyOf(reader, notice, facts).length > 3);
    }
  }
});

type Reader = TestPerson & { browser: Browser };

/** Somebody with a browser that shows notices, who wants them there. */
async function readerOf(notice: Notice, given: PersonOptions = {}): Promise<Reader> {
  const person = await house.person(given);
  const browser = service.open();
  await person.api.PUT('/api/notices/push', { body: browser.subscription });
  if (notice.channels.push) {
    const choices = [{ kind: notice.kind, channel: 'push' as const, wanted: true }];
    await person.api.PUT('/api/notices/settings/choices', { body: { choices } });
  }
  return { ...person, browser };
}

async function counted({ person_id, handle, browser }: Reader) {
  const count = async (sql: string, value: string) =>
    (await ctx.db.pool.query<{ n: number }>(sql, [value])).rows[0]?.n as number;
  return {
    app: await count('select count(*)::int as n from notice_items where person_id = $1', person_id),
    mail: await count('select count(*)::int as n from mailbox where recipient = $1', `${handle}@example.test`),
    push: browser.shown.size,
  };
}

const expected = ({ channels }: Notice) => ({
  app: channels.app === 'on' || channels.app === 'always' ? 1 : 0,
  mail: channels.mail === 'on' || channels.mail === 'always' ? 1 : 0,
  push: channels.push ? 1 : 0,
});

const toldOf = (notice: Notice, person_id: string): Told => ({
  person_id,
  params: notice.example,
  link: '/notices',
  secret: 'https://souk.example/x#secret',
});

for (const notice of notices) {
  test(`I12: ${notice.kind} is told exactly once, also when its event comes twice`, async () => {
    const reader = await readerOf(notice);
    const once = mintId();
    if (notice.on) {
      // What it says is known from the example; everything else is the way that a real event takes.
      const told = [toldOf(notice, reader.person_id)];
      const { tell } = notice.on;
      notice.on.tell = async () => told;
      const at = ctx.clock.now().toISOString();
      const event = { id: once, type: notice.on.event, v: 1, at, actor: null, subject: once, data: {} } as const;
      await Promise.all([take(ctx, notice, [event, event]), take(ctx, notice, [event])]);
      await take(ctx, notice, [event]);
      await house.drain();
      notice.on.tell = tell;
    } else {
      const tellOnce = () =>
        inTx(ctx.db, (tx) => notify(tx, ctx, notice.kind, [{ ...toldOf(notice, reader.person_id), once }]));
      await Promise.all([tellOnce(), tellOnce()]);
      await tellOnce();
      await house.drain();
    }
    assert.deepEqual(await counted(reader), expected(notice));
  });

  test(`G1: ${notice.kind} is told exactly once, also when the process dies before or after it has left`, async () => {
    const reader = await readerOf(notice);
    await inTx(ctx.db, (tx) => notify(tx, ctx, notice.kind, [toldOf(notice, reader.person_id)]));
    const at = ctx.clock.now();
    // Dies with the send in its hands: nothing was sent.
    await claimSends(ctx.db.pool, at, new Date(at.getTime() + LONG_MS / 2), 100);
    await sendDue(ctx);
    const { mail, push } = await counted(reader);
    assert.deepEqual([mail, push], [0, 0]);
    house.clock.advance(LONG_MS);
    // Dies after it has left, before that is noted.
    const { send } = ctx.mail;
    ctx.mail.send = async (mail) => {
      await send(mail);
      throw new Error('the process died');
    };
    service.answer = 'cut';
    await sendDue(ctx);
    service.answer = 201;
    ctx.mail.send = send;
    house.clock.advance(LONG_MS);
    await sendDue(ctx);
    await house.drain();
    assert.deepEqual(await counted(reader), expected(notice));
  });
}
