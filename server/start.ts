/** From a configuration to a house that serves, and back: PostgreSQL first and last. */
import { createServer } from 'node:net';
import { BuildRefused, buildWeb } from '../scripts/build_web.ts';
import { closeApp, createApp, createContext } from './app.ts';
import { type Config, DEVELOPMENT_SECRET } from './config.ts';
import { CannotStart } from './kernel/cannot_start.ts';
import { certificateFor, lanAddress } from './kernel/certificate.ts';
import type { Context } from './kernel/context.ts';
import { startPostgres } from './kernel/embedded_postgres.ts';
import type { App } from './kernel/http.ts';
import { migrate } from './kernel/migrate.ts';
import { type RtmpServer, startRtmp } from './media/index.ts';
import { showScreen } from './start_screen.ts';

export interface House {
  app: App;
  /** Finishes requests, batches, events and jobs, then stops PostgreSQL. */
  stop(): Promise<void>;
}

interface Database {
  owner_url: string;
  app_url: string;
  stop(): Promise<void>;
}

/** Starts everything. Refuses with CannotStart, one sentence for an operator. */
export async function start(wanted: Config, say: (line: string) => void): Promise<House> {
  refuseUnsafe(wanted);
  const config = await settle(wanted);
  const [opened, built] = await Promise.allSettled([openDatabase(config, say), build(say)]);
  if (opened.status === 'rejected') throw opened.reason;
  const database = opened.value;
  try {
    if (built.status === 'rejected') throw built.reason;
    await migrate({ ...database, now: new Date() });
    const https = config.lan ? await certificateFor(config.data_dir, new URL(config.public_url).hostname) : undefined;
    const ctx = createContext(config, database.app_url);
    const app = await createApp(ctx, https);
    await app.listen({ port: config.port, host: config.host }).catch((error) => refusePort(error, config.port));
    ctx.relay.start();
    await ctx.jobs.start();
    const rtmp = await openRtmp(ctx, say);
    await showScreen(config, say);
    return {
      app,
      stop: async () => {
        await rtmp?.stop();
        await closeApp(app);
        await database.stop();
      },
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/** An instance for real people must not run on what is only for trying (FAULTS G14). */
export function refuseUnsafe(config: Config): void {
  if (!config.production) return;
  const faults = [
    (config.secret === DEVELOPMENT_SECRET || config.secret.length < 32) &&
      'SOUK_SECRET must be a secret of your own with at least 32 characters',
    !config.public_url.startsWith('https://') && 'SOUK_PUBLIC_URL must be an https address',
    config.payments === 'sandbox' &&
      'the sandbox payment provider moves no real money: SOUK_PAYMENTS must name another',
    config.mail_url === null && 'SOUK_MAIL_URL must name a mail sender',
  ].filter((fault) => fault !== false);
  if (faults.length > 0) throw new CannotStart(`Souk does not start in production: ${faults.join('; ')}.`);
}

/** A free port where none was asked for, and the address of the local network with `--lan`. */
async function settle(config: Config): Promise<Config> {
  const host = config.lan ? '0.0.0.0' : config.host;
  const port = await freePort(config.port, host);
  if (config.lan) return { ...config, host, port, public_url: `https://${lanAddress()}:${port}` };
  if (config.port === port) return config;
  return { ...config, port, public_url: config.public_url.replace(/:0$/, `:${port}`) };
}

/** Asks for the port before anything else is started. */
function freePort(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      try {
        refusePort(error, port);
      } catch (refusal) {
        reject(refusal);
      }
    });
    probe.listen(port, host, () => {
      const { port: taken } = probe.address() as { port: number };
      probe.close(() => resolve(taken));
    });
  });
}

/** A house without it is still whole: hosts with a browser need no RTMP. */
async function openRtmp(ctx: Context, say: (line: string) => void): Promise<RtmpServer | null> {
  const { rtmp_port: port, host } = ctx.config;
  if (port === null) return null;
  return startRtmp(ctx, port, host).catch((error: Error) => {
    say(`OBS cannot send here: port ${port} is not to be had (${error.message}); SOUK_RTMP_PORT names another.`);
    return null;
  });
}

function refusePort(error: NodeJS.ErrnoException, port: number): never {
  if (error.code === 'EADDRINUSE') {
    throw new CannotStart(`Port ${port} is taken by another program; set PORT to a free one (PORT=0 finds one).`);
  }
  if (error.code === 'EACCES') throw new CannotStart(`Port ${port} may only be opened by root; set PORT to another.`);
  throw error;
}

async function openDatabase(config: Config, say: (line: string) => void): Promise<Database> {
  if (config.database_url !== null) {
    const owner_url = config.database_owner_url ?? config.database_url;
    return { owner_url, app_url: config.database_url, stop: async () => {} };
  }
  const cluster = await startPostgres({ data_dir: config.data_dir, say });
  return { owner_url: cluster.url('souk_owner'), app_url: cluster.url('souk_app'), stop: () => cluster.stop() };
}

async function build(say: (line: string) => void): Promise<void> {
  const started = performance.now();
  const done = await buildWeb().catch((error) => {
    throw error instanceof BuildRefused ? new CannotStart(error.message) : error;
  });
  if (done) say(`Built the web app in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}
