/** The short videos of the cast, uploaded, linked and published through the routes that everybody uses. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inTx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { fromWire, toWire } from '../kernel/ids.ts';
import { createDraft } from '../videos/index.ts';
import { type Actor, Declined } from './actor.ts';
import type { Troupe } from './opening.ts';
import { POSTS, type Post } from './posts.ts';

export interface Posting {
  /** Resolves when nothing of it is under way any more. */
  stop: () => Promise<void>;
  /** Resolves when all are posted; they are seen as soon as they are packaged. */
  done: Promise<void>;
}

interface Own {
  video_id: string;
  state: 'draft' | 'scheduled' | 'published';
  cover_url: string | null;
  upload: { state: string; file_name: string };
}

const FOLDER = join(import.meta.dirname, 'videos');

/** What is drawn: the script writes the cover last. */
export const filmed = (): Post[] => POSTS.filter(({ file }) => existsSync(join(FOLDER, `${file}.jpg`)));

/** Posts what is not posted yet, one after the other; what was interrupted is completed. */
export function startPosting(app: App, troupe: Troupe, posts: readonly Post[]): Posting {
  const ending = new AbortController();
  const done = postAll(app, troupe, posts, ending.signal).catch((error: unknown) => {
    if (!ending.signal.aborted) app.souk.log.warn({ err: error }, 'the demo could not post its videos');
  });
  return {
    done,
    stop: () => {
      ending.abort();
      return done;
    },
  };
}

async function postAll(app: App, troupe: Troupe, posts: readonly Post[], signal: AbortSignal): Promise<void> {
  const known = new Map<string, Map<string, Own>>();
  for (const post of posts) {
    if (signal.aborted) return;
    const actor = troupe.get(post.who);
    if (!actor) continue;
    const own = known.get(post.who) ?? (await listOwn(actor));
    known.set(post.who, own);
    await complete(app, actor, post, own.get(nameOf(post)), signal).catch((error: unknown) => {
      if (signal.aborted) return;
      app.souk.log.warn({ err: error, file: post.file }, 'the demo could not post a video');
    });
  }
}

const nameOf = ({ file }: Post): string => `${file}.mp4`;

/** By the names of their files. */
async function listOwn(actor: Actor): Promise<Map<string, Own>> {
  const { items } = await actor.call<{ items: Own[] }>('GET', '/videos/mine?limit=100');
  return new Map(items.map((video) => [video.upload.file_name, video]));
}

async function complete(
  app: App,
  actor: Actor,
  post: Post,
  there: Own | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (there && there.state !== 'draft') return;
  if (there?.upload.state === 'refused') return;
  const video_id = there?.video_id ?? (await draft(app, actor, post));
  if (signal.aborted) return;
  if (!there?.cover_url) {
    await actor.call('PUT', `/videos/${video_id}/cover`, await readFile(join(FOLDER, `${post.file}.jpg`)));
  }
  if (post.ware) await link(actor, video_id, post.ware);
  await actor.call('POST', `/videos/${video_id}/publish`, {});
}

/** Made by the verb and not by its route, which cannot say that it belongs to a demo. */
async function draft(app: App, actor: Actor, post: Post): Promise<string> {
  const upload_id = await upload(app, actor, nameOf(post));
  const { language, caption } = post;
  const open = { visibility: 'everyone', who_comments: 'everyone', may_duet: true, is_demo: true } as const;
  const { person_id } = actor;
  const video_id = await inTx(app.souk.db, (tx) =>
    createDraft(app.souk, tx, { person_id }, { upload_id, language, caption, ...open }),
  );
  return toWire('video', video_id);
}

const PATH = '/api/media/uploads';

/** By the protocol of uploads (tus). @returns the id of the upload */
async function upload(app: App, actor: Actor, name: string): Promise<string> {
  const payload = await readFile(join(FOLDER, name));
  const base = { cookie: actor.cookie, 'tus-resumable': '1.0.0' };
  const begun = await app.inject({
    method: 'POST',
    url: PATH,
    headers: {
      ...base,
      'upload-length': String(payload.length),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
    },
  });
  if (begun.statusCode >= 300) throw new Declined(`POST ${PATH}`, begun.json());
  const id = String(begun.headers.location).split('/').at(-1) as string;
  const headers = { ...base, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
  const sent = await app.inject({ method: 'PATCH', url: `${PATH}/${id}`, headers, payload });
  if (sent.statusCode >= 300) throw new Declined(`PATCH ${PATH}`, sent.json());
  return fromWire('upload', id);
}

async function link(actor: Actor, video_id: string, ware: string): Promise<void> {
  interface Shop {
    items: { product_id: string; title: string }[];
  }
  const { items } = await actor.call<Shop>('GET', '/me/merchant/products?limit=100');
  const links = items.flatMap(({ title, product_id }) => (title === ware ? [{ product_id, from_ms: 0 }] : []));
  await actor.call('PUT', `/videos/${video_id}/products`, { links });
}
