/** The one database cluster of a test run, and how test files find it. */
import { chmodSync, rmSync } from 'node:fs';
import { startPostgres } from '../kernel/embedded_postgres.ts';
import { migrate } from '../kernel/migrate.ts';

export const TEMPLATE = 'souk';

interface ClusterOfRun {
  admin_url: string;
  owner_url: string;
  app_url: string;
  url(role: 'postgres' | 'souk_owner' | 'souk_app', database: string): string;
}

/** Starts the cluster, migrates the template, and says in the environment where it is. @returns how to stop it */
export async function startClusterOfRun(data_dir: string): Promise<() => Promise<void>> {
  // As root, the user that runs PostgreSQL passes through here.
  chmodSync(data_dir, 0o711);
  const cluster = await startPostgres({ data_dir, fsync: false });
  const urls = {
    admin_url: cluster.url('postgres', 'postgres'),
    owner_url: cluster.url('souk_owner'),
    app_url: cluster.url('souk_app'),
  };
  await migrate({ owner_url: urls.owner_url, app_url: urls.app_url, now: new Date() });
  process.env.SOUK_TEST_CLUSTER = JSON.stringify(urls);
  return async () => {
    await cluster.stop();
    rmSync(data_dir, { recursive: true, force: true });
  };
}

export function clusterOfRun(): ClusterOfRun {
  const known = process.env.SOUK_TEST_CLUSTER;
  if (!known) throw new Error('tests with a database run by `npm test -- <part of the path>`');
  const urls = JSON.parse(known) as Pick<ClusterOfRun, 'admin_url' | 'owner_url' | 'app_url'>;
  const by_role = { postgres: urls.admin_url, souk_owner: urls.owner_url, souk_app: urls.app_url };
  return {
    ...urls,
    url(role, database) {
      const url = new URL(by_role[role]);
      url.pathname = `/${database}`;
      return url.href;
    },
  };
}
