/**
 * The built web app: hashed files for ever, its one page for every address of a screen, 404 for the rest
 * (FAULTS D13). The head of that page says what stands there, for links that are passed on.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import { findCard, headOf } from './cards.ts';
import type { App } from './http.ts';

const ROOT = resolve(import.meta.dirname, '../../web/dist');

/** @param siteName what the instance is called */
export async function mountPages(app: App, siteName: () => Promise<string>): Promise<void> {
  if (!existsSync(ROOT)) return;
  await app.register(fastifyStatic, {
    root: ROOT,
    wildcard: false,
    index: false,
    setHeaders: (reply, path) => {
      const hashed = path.includes('/assets/');
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const page = createPage(app, siteName);
  app.get('/*', async (request, reply) => {
    const path = request.url.split('?')[0] as string;
    const last = path.slice(path.lastIndexOf('/'));
    // A handle may have dots; what else ends like a file is one.
    const file = !path.startsWith('/@') && /\.[a-z0-9]+$/i.test(last);
    const screen = !path.startsWith('/api/') && !path.startsWith('/media/') && !file;
    if (!screen) return reply.callNotFound();
    if (path.startsWith('/embed/')) openToFrames(reply);
    return reply
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(await page(path));
  });
}

/** Everything of the head that a card replaces. */
const GENERAL = /<title>[^<]*<\/title>|<meta name="description"[^>]*>\s*/g;

/** The page as it was built, with what stands at the address in its head. */
function createPage(app: App, siteName: () => Promise<string>): (path: string) => Promise<string> {
  const built = readFileSync(join(ROOT, 'index.html'), 'utf8');
  const bare = built.replace(GENERAL, '');
  return async (path) => {
    const card = await findCard(app.souk, path);
    if (!card) return built;
    const head = headOf(card, path, { site: await siteName(), origin: app.souk.config.public_url });
    return bare.replace('</head>', () => `  ${head}\n  </head>`);
  };
}

/** Other sites may frame the player, which sells nothing and knows nobody; nothing else (FAULTS D14). */
function openToFrames(reply: FastifyReply): void {
  const policy = String(reply.getHeader('content-security-policy') ?? '');
  reply.header('content-security-policy', policy.replace("frame-ancestors 'none'", 'frame-ancestors *'));
  reply.removeHeader('x-frame-options');
}
