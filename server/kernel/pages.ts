/**
 * The built web app: hashed files for ever, its one page for every address of a screen, 404 for the rest
 * (FAULTS D13).
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { App } from './http.ts';

const ROOT = resolve(import.meta.dirname, '../../web/dist');

export async function mountPages(app: App): Promise<void> {
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
  app.get('/*', async (request, reply) => {
    const path = request.url.split('?')[0] as string;
    const last = path.slice(path.lastIndexOf('/'));
    // A handle may have dots; what else ends like a file is one.
    const file = !path.startsWith('/@') && /\.[a-z0-9]+$/i.test(last);
    const screen = !path.startsWith('/api/') && !path.startsWith('/media/') && !file;
    if (!screen) return reply.callNotFound();
    return reply.header('cache-control', 'no-cache').sendFile('index.html', ROOT);
  });
}
