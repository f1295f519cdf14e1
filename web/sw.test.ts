import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';

interface Shown {
  title: string;
  options: { body: string; tag: string; data: { url: string } };
}

/** What the worker stands on. */
const worker = { online: true, kept: [] as string[] };

/** A browser's worker, as far as ours uses one. */
function openWorker() {
  const heard = new Map<string, (event: object) => void>();
  const shown: Shown[] = [];
  const opened: string[] = [];
  const asked: { path: string; body: string }[] = [];
  const self = {
    location: { origin: 'https://souk.example' },
    addEventListener: (type: string, hear: (event: object) => void) => heard.set(type, hear),
    registration: {
      showNotification: async (title: string, options: Shown['options']) => shown.push({ title, options }),
    },
    clients: { matchAll: async () => [], openWindow: async (address: string) => opened.push(address) },
  };
  const fetch = async (path: string | object, given?: { body: string }) => {
    if (typeof path === 'string') return asked.push({ path, body: given?.body ?? '' });
    if (!worker.online) throw new TypeError('no network');
    return { from: 'network' };
  };
  const caches = {
    open: async () => ({ add: async ({ path }: { path: string }) => void worker.kept.push(path) }),
    match: async (path: string) => ({ from: 'shelf', path }),
    keys: async () => [],
  };
  class Request {
    constructor(path: string) {
      Object.assign(this, { path });
    }
  }
  const code = readFileSync(new URL('public/sw.js', import.meta.url), 'utf8');
  runInContext(code, createContext({ self, URL, fetch, JSON, caches, Request }));
  const happen = async (type: string, event: object) => {
    const waits: Promise<unknown>[] = [];
    heard.get(type)?.({ ...event, waitUntil: (work: Promise<unknown>) => waits.push(work) });
    await Promise.all(waits);
  };
  return { heard, shown, opened, asked, happen };
}

const pushed = (message: unknown) => ({ data: { json: () => message } });

test('the worker shows what was pushed under its tag, and something even when it cannot be read', async () => {
  const { shown, happen } = openWorker();
  await happen('push', pushed({ title: 'Souk', body: 'Ana follows you now.', url: '/@ana', tag: 'one' }));
  const unreadable = () => {
    throw new Error('no JSON');
  };
  await happen('push', { data: { json: unreadable } });
  assert.deepEqual(
    shown.map(({ title, options }) => [title, options.body, options.tag, options.data.url]),
    [
      ['Souk', 'Ana follows you now.', 'one', '/@ana'],
      ['Souk', '', 'souk', '/notices'],
    ],
  );
});

test('D12: a tap goes to a page of this app, whatever the message says', async () => {
  const { opened, happen } = openWorker();
  for (const url of ['/live/x', 'https://evil.example/', '//evil.example', 'javascript:alert(1)', undefined]) {
    await happen('notificationclick', { notification: { close: () => {}, data: { url } } });
  }
  const inbox = 'https://souk.example/notices';
  assert.deepEqual(opened, ['https://souk.example/live/x', inbox, inbox, inbox, inbox]);
});

test('a new address of the push service is told to the server', async () => {
  const { asked, happen } = openWorker();
  const keys = { p256dh: 'p', auth: 'a' };
  const newSubscription = { toJSON: () => ({ endpoint: 'https://push.example/2', keys, expirationTime: null }) };
  await happen('pushsubscriptionchange', { newSubscription });
  assert.deepEqual(asked, [
    { path: '/api/notices/push', body: JSON.stringify({ endpoint: 'https://push.example/2', keys }) },
  ]);
});

test('D13: without a network a page of the app stands there; no answer of the server is kept', async () => {
  const { heard } = openWorker();
  const ask = async (mode: string, online: boolean): Promise<unknown> => {
    worker.online = online;
    let answer: unknown = 'untouched';
    const request = { mode, url: 'https://souk.example/api/wallet' };
    heard.get('fetch')?.({
      request,
      respondWith: (given: unknown) => {
        answer = given;
      },
    });
    return answer;
  };
  assert.equal(await ask('cors', true), 'untouched');
  assert.equal(await ask('no-cors', false), 'untouched');
  assert.deepEqual(await ask('navigate', true), { from: 'network' });
  assert.deepEqual(await ask('navigate', false), { from: 'shelf', path: '/offline.html' });
  const waits: Promise<unknown>[] = [];
  heard.get('install')?.({ waitUntil: (work: Promise<unknown>) => waits.push(work) });
  await Promise.all(waits);
  assert.deepEqual(worker.kept, ['/offline.html']);
});
