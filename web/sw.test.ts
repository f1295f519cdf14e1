import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';

interface Shown {
  title: string;
  options: { body: string; tag: string; data: { url: string } };
}

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
  const fetch = async (path: string, { body }: { body: string }) => asked.push({ path, body });
  const code = readFileSync(new URL('public/sw.js', import.meta.url), 'utf8');
  runInContext(code, createContext({ self, URL, fetch, JSON }));
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

test('a new address of the push service is told to the server; the worker answers no request of a page', async () => {
  const { asked, heard, happen } = openWorker();
  const keys = { p256dh: 'p', auth: 'a' };
  const newSubscription = { toJSON: () => ({ endpoint: 'https://push.example/2', keys, expirationTime: null }) };
  await happen('pushsubscriptionchange', { newSubscription });
  assert.deepEqual(asked, [
    { path: '/api/notices/push', body: JSON.stringify({ endpoint: 'https://push.example/2', keys }) },
  ]);
  assert.equal(heard.has('fetch'), false);
});
