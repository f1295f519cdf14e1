import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeApp, createApp, createContext } from '../app.ts';
import { readConfig } from '../config.ts';
import { createManualClock } from '../kernel/clock.ts';
import { inTx } from '../kernel/db.ts';
import { startPostgres } from '../kernel/embedded_postgres.ts';
import { migrate } from '../kernel/migrate.ts';
import { createPerson, mintSession } from '../people/index.ts';
export async function openHouse(t: any, o: any = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'souk-tmp-'));
  const cluster = await startPostgres({ data_dir: dir, fsync: false });
  await migrate({ owner_url: cluster.url('souk_owner'), app_url: cluster.url('souk_app'), now: new Date() });
  const clock: any = createManualClock(o.start ?? new Date('2026-11-21T12:00:00Z'));
  const config = { ...readConfig({ SOUK_DATA_DIR: dir, SOUK_LOG: 'error' }, []), port: 0 };
  const ctx = createContext(config, cluster.url('souk_app'), clock);
  const app = await createApp(ctx);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  t.after(async () => {
    await closeApp(app);
    await cluster.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  let n = 0;
  return {
    ctx,
    clock,
    url,
    app,
    async person(p: any = {}) {
      n += 1;
      const handle = p.handle ?? `person${n}`;
      const person_id = await inTx(ctx.db, (tx) =>
        createPerson(ctx, tx, {
          handle,
          name: handle,
          email: `${handle}@example.org`,
          password_hash: 'x',
          market: p.market ?? 'DE',
          locale: p.locale ?? 'en',
          born_on: p.born_on ?? '1990-01-01',
          roles: p.roles ?? [],
          email_verified: p.email_verified ?? true,
        } as any),
      );
      const cookie = await mintSession(ctx, person_id);
      return {
        person_id,
        handle,
        cookie,
        fetch: (path: string, init: RequestInit = {}) =>
          fetch(url + path, { ...init, headers: { cookie, ...(init.headers as any) } }),
      };
    },
    async drain() {
      await ctx.relay.drain();
      await ctx.jobs.drain();
    },
  };
}
