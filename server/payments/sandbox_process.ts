/**
 * The sandbox payment provider: a process of its own with its own file, so that it outlives a crash of the shop as a
 * real provider would. Started and found again by `sandbox.ts`; it speaks HTTP on a free port of this machine.
 *
 *     node sandbox_process.ts FOLDER
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SandboxBook, type SandboxCharge, type SandboxEvent, type SandboxSettings } from './sandbox_book.ts';
import { createDelivery } from './sandbox_delivery.ts';
import { bankPage } from './sandbox_page.ts';

const folder = process.argv[2];
if (!folder) throw new Error('usage: sandbox_process.ts FOLDER');
mkdirSync(folder, { recursive: true });
const addressFile = join(folder, 'address.json');
const token = randomBytes(24).toString('base64url');

let skew_ms = 0;
const now = () => new Date(Date.now() + skew_ms);
let slow_ms = 6_000;

const book = new SandboxBook(join(folder, 'journal.jsonl'), now);
const delivery = createDelivery(book, now);

type Reply = { status: number; body?: unknown; html?: string } | 'hang';
type Handler = (input: { path: string[]; body: string; language: string }) => Promise<Reply>;

const ok = (body: unknown): Reply => (body ? { status: 200, body } : { status: 404, body: { error: 'not_found' } });
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function answerCharge(body: string): Promise<Reply> {
  const { charge, events } = await book.charge(JSON.parse(body));
  if (charge.card === 'slow') await wait(slow_ms);
  delivery.send(events);
  if (charge.card === 'charged_500') return { status: 500, body: { error: 'internal' } };
  if (charge.card === 'charged_silence') return 'hang';
  return ok(charge);
}

async function answerChange(changed: { charge: SandboxCharge; events: SandboxEvent[] } | null): Promise<Reply> {
  if (changed) delivery.send(changed.events);
  return ok(changed?.charge);
}

const routes: Record<string, Handler> = {
  'GET /health': async () => ok({ pid: process.pid }),
  'PUT /endpoint': async ({ body }) => {
    delivery.setEndpoint(JSON.parse(body));
    return ok({});
  },
  'PUT /settings': async ({ body }) => {
    const settings = JSON.parse(body) as SandboxSettings;
    book.refusals = settings.refuse_refunds ?? book.refusals;
    slow_ms = settings.slow_ms ?? slow_ms;
    if (settings.hold !== undefined) delivery.hold(settings.hold, settings.reversed ?? false);
    return ok({});
  },
  'POST /charges': ({ body }) => answerCharge(body),
  'GET /charges/:': async ({ path }) => ok(book.findCharge(path[1] ?? '')),
  'POST /charges/:/cancel': async ({ path }) => answerChange(await book.cancel(path[1] ?? '')),
  'POST /charges/:/approve': async ({ path }) => answerChange(await book.confirm(path[1] ?? '', true)),
  'POST /charges/:/refuse': async ({ path }) => answerChange(await book.confirm(path[1] ?? '', false)),
  'POST /charges/:/chargeback': async ({ path }) => answerChange(await book.reverse(path[1] ?? '', 'chargeback')),
  'POST /charges/:/bounce': async ({ path }) => answerChange(await book.reverse(path[1] ?? '', 'bounced')),
  'POST /refunds': async ({ body }) => {
    const { refund, events } = await book.refund(JSON.parse(body));
    delivery.send(events);
    return ok(refund);
  },
  'GET /refunds/:': async ({ path }) => ok(book.findRefund(path[1] ?? '')),
  'GET /sandbox/bank/:': async ({ path, language }) => {
    const charge = book.findByAction(`/${path.join('/')}`);
    return { status: charge ? 200 : 404, html: bankPage(charge, language) };
  },
  'POST /sandbox/bank/:': async ({ path, body, language }) => {
    const charge = book.findByAction(`/${path.join('/')}`);
    if (!charge) return { status: 404, html: bankPage(null, language) };
    await answerChange(await book.confirm(charge.reference, new URLSearchParams(body).get('answer') === 'approve'));
    return { status: 200, html: bankPage(null, language) };
  },
};

/** `/charges/ID/cancel` → `POST /charges/:/cancel`; the id is always the last segment but a verb. */
function routeOf(method: string, path: string[]): Handler | undefined {
  const plain = routes[`${method} /${path.join('/')}`];
  if (plain) return plain;
  const hidden = path[0] === 'sandbox' ? 2 : 1;
  return routes[`${method} /${path.map((part, at) => (at === hidden ? ':' : part)).join('/')}`];
}

async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

async function handle(req: IncomingMessage): Promise<Reply> {
  if (req.headers.authorization !== `Bearer ${token}`) return { status: 401, body: { error: 'unauthorized' } };
  const given = Number(req.headers['sandbox-now']);
  if (given) skew_ms = given - Date.now();
  const path = (req.url ?? '').split('?')[0]?.split('/').filter(Boolean) ?? [];
  const route = routeOf(req.method ?? '', path);
  if (!route) return { status: 404, body: { error: 'not_found' } };
  return route({ path, body: await readBody(req), language: req.headers['accept-language'] ?? 'en' });
}

function send(res: ServerResponse, reply: Reply): void {
  if (reply === 'hang') return;
  const type = reply.html === undefined ? 'application/json' : 'text/html; charset=utf-8';
  res.writeHead(reply.status, { 'content-type': type });
  res.end(reply.html ?? JSON.stringify(reply.body));
}

const server = createServer((req, res) => {
  handle(req).then(
    (reply) => send(res, reply),
    (error) => {
      process.stderr.write(`${error}\n`);
      send(res, { status: 400, body: { error: 'bad_request' } });
    },
  );
});
server.keepAliveTimeout = 60_000;

const isMine = () => existsSync(addressFile) && JSON.parse(readFileSync(addressFile, 'utf8')).token === token;

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  writeFileSync(`${addressFile}.${process.pid}`, JSON.stringify({ port, token, pid: process.pid }), { mode: 0o600 });
  renameSync(`${addressFile}.${process.pid}`, addressFile);
});

// A sandbox whose folder was deleted, or whose place another took, has nobody to serve.
setInterval(() => {
  if (server.listening && !isMine()) process.exit(0);
}, 5_000).unref();

for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('SIGTERM', () => {
  if (isMine()) unlinkSync(addressFile);
  server.closeAllConnections();
  void book.close().then(() => process.exit(0));
});
