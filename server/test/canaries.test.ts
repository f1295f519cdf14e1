/**
 * D17: marked secrets and personal data go in by every door, things go wrong on purpose where they are written, and
 * nothing of them may come out in logs, figures, events, or the problem documents of others.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { pack } from '../markets/index.ts';
import { clientOf, type House } from './harness.ts';
import * as processes from './processes.ts';
import { goLive, watch } from './room.ts';

const MARK = 'canary7f3';
/** What is planted, by where it is planted. */
const CANARIES = {
  email: `${MARK}.mail@example.test`,
  password: `${MARK}-password-long`,
  name: `Mara ${MARK}name`,
  agent: `${MARK}-agent`,
  street: `${MARK} Lane 5`,
  recipient: `${MARK} recipient`,
  chat: `${MARK} said in a chat`,
  bio: `${MARK} about me`,
  title: `${MARK} a live`,
  card: `${MARK}-card`,
  key: `${MARK}-idempotency`,
  query: `${MARK}-query`,
  reason: `${MARK} what happened`,
};

/** A sender of mail that refuses every mail and repeats it whole in its words. */
function openHostileSender() {
  const heard: string[] = [];
  const server = createServer((socket) => {
    let body: string[] | null = null;
    socket.on('error', () => {});
    socket.write('220 sender\r\n');
    socket.on('data', (data) => {
      for (const line of data.toString().split('\r\n')) {
        if (line === '') continue;
        if (body && line !== '.') body.push(line);
        else if (body) {
          const mail = body.join(' ');
          heard.push(mail);
          body = null;
          socket.write(`554 refused: ${mail}\r\n`);
        } else if (line === 'DATA') {
          body = [];
          socket.write('354 go on\r\n');
        } else socket.write('250 ok\r\n');
      }
    });
  }).listen(0, '127.0.0.1');
  return { server, heard, url: () => `smtp://127.0.0.1:${(server.address() as { port: number }).port}` };
}

/** Writing of these fails with an error of PostgreSQL that repeats the row. */
const BROKEN = [
  `alter table addresses add check (street not like '${MARK}%')`,
  `alter table room_events add check (data::text not like '%${MARK}%')`,
  `alter table reports add check (to_jsonb(reports)::text not like '%${MARK}%')`,
  `alter table rooms add check (title not like '${MARK}%')`,
  `create table emitted (events text);
   grant insert on emitted to souk_app;
   create function keep_emitted() returns trigger language plpgsql as
     $$ begin insert into emitted values (new.events::text); return new; end $$;
   create trigger keep_emitted before insert on outbox for each row execute function keep_emitted()`,
];

const sender = openHostileSender();
const data_dir = processes.makeDataDir();
await new Promise((listening) => sender.server.once('listening', listening));
const running = await processes.startSouk({ SOUK_DATA_DIR: data_dir, SOUK_LOG: 'trace', SOUK_MAIL_URL: sender.url() });
const owner = new pg.Client({ connectionString: processes.databaseOf(data_dir, 'souk_owner') });
await owner.connect();
const guest = await processes.visit(processes.databaseOf(data_dir));
/** Answers of the house, in order. */
const answers: { what: string; status: number; text: string }[] = [];

test.after(async () => {
  await guest.close();
  await owner.end();
  await running.stop('SIGTERM');
  sender.server.close();
  assert.deepEqual(processes.processesOf(data_dir), [], 'no process is left');
  processes.removeDataDir(data_dir);
});

async function tell(what: string, cookie: string, path: string, body?: unknown, method = 'POST'): Promise<Response> {
  const reply = await fetch(`${running.url}/api${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `${CANARIES.key}-${what}`,
      'user-agent': CANARIES.agent,
      ...(cookie && { cookie }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  answers.push({ what, status: reply.status, text: await reply.clone().text() });
  return reply;
}

async function plantAll(): Promise<string> {
  const { email, password, name } = CANARIES;
  const born_on = '1987-06-05';
  const mara = { handle: 'mara_c', name, email, password, market: 'DE', locale: 'en', born_on };
  const signed = await tell('sign up', '', '/people', mara);
  assert.equal(signed.status, 201);
  const cookie = signed.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  await tell('twin', '', '/people', { ...mara, handle: 'mara_d' });
  await tell('wrong password', '', '/auth/sign-in', { email, password: `${password}x` });
  await tell('reset', '', '/auth/reset-mail', { email });
  await tell('bio', cookie, '/people/me', { bio: CANARIES.bio }, 'PATCH');
  for (const sql of BROKEN) await owner.query(sql);
  const { street, recipient } = CANARIES;
  await tell('address', cookie, '/addresses', {
    name: recipient,
    street,
    postal_code: '10115',
    city: 'B',
    country: 'DE',
  });
  await tell('card', cookie, '/payment-methods', { card: CANARIES.card });
  await tell('half', cookie, `/people?after=${CANARIES.query}&limit=nonsense`, undefined, 'GET');
  await tell('title', cookie, '/rooms', { title: CANARIES.title, language: 'en' });
  await tell('forged', `${cookie}x`, '/wallet', undefined, 'GET');
  return cookie;
}

async function chatAndReport(cookie: string): Promise<string> {
  const host = await guest.person(running.url, { handle: 'host_c' });
  const house = { ctx: guest.ctx, url: running.url, clock: { advance: () => {} }, drain: async () => {} };
  const room = await goLive(house as unknown as House, host, 'A room');
  const mara = clientOf(running.url, { person_id: '', handle: 'mara_c', cookie });
  const watcher = await watch(house as unknown as House, room.id, mara);
  const said = await watcher.ask({ type: 'chat.send', text: CANARIES.chat });
  assert.equal(said.type, 'refused', JSON.stringify(said));
  answers.push({ what: 'chat', status: 500, text: JSON.stringify(said) });
  const [{ reason } = { reason: '' }] = pack('DE').report_reasons;
  await tell('report', cookie, '/reports', { subject: room.id, reason, details: CANARIES.reason });
  watcher.close();
  return room.encoder.key;
}

test('D17: no secret and nothing personal comes out in logs, figures, events or problems', async (t) => {
  const cookie = await plantAll();
  const stream_key = await chatAndReport(cookie);
  // Until both mails were refused and a job has said so.
  const refused = () => running.output().match(/did not take a mail/g)?.length ?? 0;
  for (let tries = 0; sender.heard.length < 2 || refused() < 2; tries += 1) {
    assert.ok(tries < 2_400, running.output());
    await sleep(100);
  }
  t.diagnostic(answers.map(({ what, status }) => `${what} ${status}`).join(', '));
  assert.ok(answers.filter(({ status }) => status === 500).length >= 4, 'things went wrong as planned');
  const links = sender.heard
    .join(' ')
    .replaceAll('= ', '')
    .matchAll(/#([\w.-]{20,})/g);
  const tokens = [...links].map(([, token = '']) => token.slice(-20));
  assert.ok(tokens.length > 1, 'the mails held links');
  const secrets = [MARK, ...tokens, cookie.split('=')[1] as string, stream_key, '1987-06-05'];

  const metrics = await (await fetch(`${running.url}/metrics`)).text();
  const { rows } = await owner.query<{ events: string }>('select events from emitted');
  assert.ok(rows.length > 0, 'there were events');
  const problems = answers.filter(({ status }) => status >= 400);
  const seen = {
    'the log of Souk': running.output(),
    'the log of PostgreSQL': readFileSync(join(data_dir, 'postgres/log'), 'utf8'),
    'the figures': metrics,
    'the events': rows.map((row) => row.events).join('\n'),
    'the problem documents': problems.map(({ text }) => text).join('\n'),
  };
  for (const [where, text] of Object.entries(seen)) {
    for (const secret of secrets) {
      const at = text.indexOf(secret);
      assert.equal(at, -1, `${where}: …${text.slice(Math.max(0, at - 300), at + 80)}…`);
    }
  }
  assert.match(running.output(), /"constraint":"addresses_street_check"/, 'what is wrong is still said');
});
