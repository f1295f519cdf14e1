import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { SandboxBook, SandboxEvent } from './sandbox_book.ts';
import { signWebhook } from './standard_webhooks.ts';

export interface Endpoint {
  url: string;
  secret: string;
}

const MAX_AT_ONCE = 32;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 60_000;

/** Sends events to the shop's endpoint until it says 2xx, each signed by the Standard Webhooks scheme. */
export function createDelivery(book: SandboxBook, now: () => Date) {
  const agent = new HttpAgent({ keepAlive: true, maxSockets: MAX_AT_ONCE });
  const tries = new Map<string, number>();
  const queue: SandboxEvent[] = [];
  let endpoint: Endpoint | null = null;
  let held = false;
  let running = 0;

  function pump(): void {
    while (endpoint && !held && running < MAX_AT_ONCE && queue.length > 0) {
      const event = queue.shift() as SandboxEvent;
      running += 1;
      void deliver(event, endpoint).finally(() => {
        running -= 1;
        pump();
      });
    }
  }

  async function deliver(event: SandboxEvent, to: Endpoint): Promise<void> {
    const repeat = event.charge?.card === 'noisy' ? 2 : 1;
    let accepted = true;
    for (let n = 0; n < repeat; n++) accepted = (await post(to, event)) && accepted;
    if (accepted) {
      tries.delete(event.id);
      await book.delivered(event.id);
      return;
    }
    const tried = tries.get(event.id) ?? 0;
    tries.set(event.id, tried + 1);
    setTimeout(() => send([event]), Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** tried)).unref();
  }

  function post(to: Endpoint, event: SandboxEvent): Promise<boolean> {
    const body = JSON.stringify(event);
    const headers = { 'content-type': 'application/json', ...signWebhook(to.secret, event.id, now(), body) };
    const secure = to.url.startsWith('https:');
    return new Promise((resolve) => {
      const options = { method: 'POST', headers, timeout: 10_000 };
      const call = secure
        ? httpsRequest(to.url, { ...options, rejectUnauthorized: false }, answered)
        : httpRequest(to.url, { ...options, agent }, answered);
      function answered(response: { statusCode?: number | undefined; resume(): void }): void {
        response.resume();
        resolve((response.statusCode ?? 500) < 300);
      }
      call.on('timeout', () => call.destroy());
      call.on('error', () => resolve(false));
      call.end(body);
    });
  }

  function send(events: SandboxEvent[]): void {
    queue.push(...events);
    pump();
  }

  return {
    send,
    setEndpoint(next: Endpoint): void {
      const first = endpoint === null;
      endpoint = next;
      if (first) send([...book.undelivered.values()].filter((event) => !queue.includes(event)));
      pump();
    },
    /** Holds events back; on release they leave newest first when asked to. */
    hold(on: boolean, reversed: boolean): void {
      held = on;
      if (reversed) queue.reverse();
      pump();
    },
  };
}
