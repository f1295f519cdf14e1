/**
 * Delivery of packages below /media/packages/<id>/. What everybody may see never changes and carries no token, so that
 * every cache on the way may keep it; of all else each byte is asked for.
 */
import type { FastifyReply } from 'fastify';
import type { Context, Principal } from '../kernel/context.ts';
import type { App } from '../kernel/http.ts';
import { fromWire } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { FileCache, Moment } from './cache.ts';
import { packageList, packageMaster } from './package_playlists.ts';
import { findPackage, listRenditions, type Package } from './package_queries.ts';
import { PACKAGE_CHANGED, packageFile } from './packages.ts';

/** Whether somebody may see a protected package now. Asked for every byte; must be quick. */
export type PackageEntitlement = (package_id: string, viewer: Principal | null) => Promise<boolean>;
const entitlements = new WeakMap<Context, PackageEntitlement>();

/** A port: the room that holds posts says who may see them. Without it, only the owner sees what is protected. */
export function guardPackages(ctx: Context, may_see: PackageEntitlement): void {
  entitlements.set(ctx, may_see);
}

const HOT_BYTES = 64_000_000;
const KNOWN_MS = 1_000;
const PLAYLIST = 'application/vnd.apple.mpegurl';
const FOREVER = 'public, max-age=31536000, immutable';
const FILE = /^r\d-(?:init\.mp4|\d{1,5}\.m4s)$/;
const LIST = /^(?:master|r(\d))\.m3u8$/;

export function mountPackageDelivery(app: App): void {
  const ctx = app.souk;
  const files = new FileCache(HOT_BYTES, (path) => ctx.storage.read(path));
  const packages = new Moment(KNOWN_MS, (package_id) => findPackage(ctx.db.pool, package_id));
  const lists = new Moment(KNOWN_MS, (name) => writeList(ctx, name));
  const unsubscribe = ctx.bus.subscribe(PACKAGE_CHANGED, (change) => {
    const { package_id } = change as { package_id: string };
    packages.forget(package_id);
    lists.forget(package_id);
  });
  app.addHook('onClose', async () => unsubscribe());

  app.get<{ Params: { package: string; file: string } }>(
    '/media/packages/:package/:file',
    { schema: { hide: true }, config: { rateLimit: false } },
    async (request, reply) => {
      const { file } = request.params;
      const found = await packages.get(idOf(request.params.package));
      if (!found || found.purged_at) throw new Refusal('not_found');
      const { package_id } = found;
      if (found.is_protected) await refuseStranger(ctx, found, await ctx.authenticate(request.headers.cookie));
      if (LIST.test(file)) return sendList(await lists.get(`${package_id}/${file}`), found, reply);
      const bytes = FILE.test(file) ? await files.get(packageFile(package_id, file)) : null;
      if (!bytes) throw new Refusal('not_found');
      return reply
        .type(file.endsWith('.m4s') ? 'video/iso.segment' : 'video/mp4')
        .header('cache-control', found.is_protected ? 'private, no-store' : FOREVER)
        .send(bytes);
    },
  );
}

function idOf(text: string): string {
  try {
    return fromWire('package', text);
  } catch {
    throw new Refusal('not_found');
  }
}

/** FAULTS D2: the same question for a playlist, an init segment and every segment. A stranger learns nothing. */
async function refuseStranger(ctx: Context, found: Package, viewer: Principal | null): Promise<void> {
  const may_see = entitlements.get(ctx);
  const seen = may_see ? await may_see(found.package_id, viewer) : viewer?.person_id === found.owner_id;
  if (!seen) throw new Refusal('not_found');
}

function sendList(text: string | null, { is_protected }: Package, reply: FastifyReply): FastifyReply {
  if (text === null) throw new Refusal('not_found');
  return reply
    .type(PLAYLIST)
    .header('cache-control', is_protected ? 'private, no-store' : 'public, max-age=60')
    .send(text);
}

async function writeList(ctx: Context, name: string): Promise<string | null> {
  const [package_id = '', file = ''] = name.split('/');
  const renditions = await listRenditions(ctx.db.pool, package_id);
  if (renditions.length === 0) return null;
  const [, number] = LIST.exec(file) ?? [];
  if (number === undefined) return packageMaster(renditions);
  const rendition = renditions.find((one) => one.rendition === Number(number));
  return rendition ? packageList(rendition) : null;
}
