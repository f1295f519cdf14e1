/** The environment, read once and frozen: the only reader of `process.env` in the house. */
import { resolve } from 'node:path';
import { CannotStart } from './kernel/cannot_start.ts';

export interface Config {
  /** `NODE_ENV=production`: refuses a default secret, an http origin, the sandbox provider, a missing mail sender. */
  readonly production: boolean;
  /** `PORT`: where the web app and the API listen. Default 3000; 0 takes a free one. */
  readonly port: number;
  /** `SOUK_HOST`: the address to listen on. Default 127.0.0.1; `--lan` listens on every address. */
  readonly host: string;
  /** `SOUK_RTMP_PORT`: where OBS and other encoders send. Default 1935; `off` opens none, 0 takes a free one. */
  readonly rtmp_port: number | null;
  /** `SOUK_DATA_DIR`: embedded PostgreSQL, uploads, certificates. Default `./data`. */
  readonly data_dir: string;
  /** `DATABASE_URL`: the app's role. Null: the embedded PostgreSQL. */
  readonly database_url: string | null;
  /** `DATABASE_OWNER_URL`: the role that migrates. Null: the embedded PostgreSQL. */
  readonly database_owner_url: string | null;
  /** `SOUK_PUBLIC_URL`: the origin people use, for links in mails and for checking `Origin`. Default http://localhost:PORT. */
  readonly public_url: string;
  /** `SOUK_SECRET`: signs sessions and cursors. */
  readonly secret: string;
  /** `SOUK_MAIL_URL`: SMTP address. Null: mails are kept in the development mailbox. */
  readonly mail_url: string | null;
  /** `SOUK_BOUNCE_SECRET`: what a report of mail that came back must show, as `Authorization: Bearer …`. Null: none is taken. */
  readonly bounce_secret: string | null;
  /**
   * `SOUK_PRIVATE_ORIGINS`: origins of your own network that Souk may call although they are not public, e.g. a push
   * service of your own: `https://push.intern:8443`, separated by commas. Default: none.
   */
  readonly private_origins: readonly string[];
  /**
   * `SOUK_ICE_SERVERS`: how the browsers of a host and of who joins their picture find each other (WebRTC), as a JSON list
   * of `{urls, username?, credential?}`, or `{urls, secret}` for a TURN relay with a shared secret (coturn's
   * `static-auth-secret`). Default: none, so that two people meet on one local network only.
   */
  readonly ice_servers: readonly IceServer[];
  /**
   * Origins that may be called although a person named them and they are not public: servers that tests put in the
   * place of others. No setting fills it.
   */
  readonly stand_ins: readonly string[];
  /** `SOUK_BUS_URL`: NATS, for several nodes. Null: the bus is in process. */
  readonly bus_url: string | null;
  /** `SOUK_STORAGE_URL`: S3, for several nodes. Null: files below the data folder. */
  readonly storage_url: string | null;
  /** `SOUK_PAYMENTS`: the payment provider. Default `sandbox`, which moves no real money. */
  readonly payments: string;
  /** `SOUK_TRUST_PROXY`: addresses of the proxies whose `X-Forwarded-*` are believed. Null: none is. */
  readonly trust_proxy: string | null;
  /** `SOUK_LOG`: pino level. Default `warn` (the start screen is not a log). */
  readonly log_level: string;
  /** `--no-demo` starts empty. */
  readonly demo: boolean;
  /** `SOUK_DEMO_VIDEOS`: how many short videos the demo posts. Default: all it has. */
  readonly demo_videos: number;
  /** `--lan`: https on the local network, with a QR code. */
  readonly lan: boolean;
}

/** A STUN or TURN server, as browsers take them (RTCIceServer). */
export interface IceServer {
  urls: string | string[];
  username?: string;
  credential?: string;
  /** In place of the two before: names that end by themselves are made from it. */
  secret?: string;
}

export const DEVELOPMENT_SECRET = 'souk-development-secret-not-for-production';

/**
 * Reads the configuration. Flags win over the environment.
 * @param env the environment, usually `process.env`
 * @param argv the arguments after the script's name
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env, argv: string[] = process.argv.slice(2)): Config {
  const production = env.NODE_ENV === 'production';
  const port = Number(env.PORT ?? 3000);
  return Object.freeze({
    production,
    port,
    host: env.SOUK_HOST ?? '127.0.0.1',
    rtmp_port: env.SOUK_RTMP_PORT === 'off' ? null : Number(env.SOUK_RTMP_PORT ?? 1_935),
    data_dir: resolve(env.SOUK_DATA_DIR ?? './data'),
    database_url: env.DATABASE_URL ?? null,
    database_owner_url: env.DATABASE_OWNER_URL ?? env.DATABASE_URL ?? null,
    public_url: (env.SOUK_PUBLIC_URL ?? `http://localhost:${port}`).replace(/\/$/, ''),
    secret: env.SOUK_SECRET ?? DEVELOPMENT_SECRET,
    mail_url: env.SOUK_MAIL_URL ?? null,
    bounce_secret: env.SOUK_BOUNCE_SECRET || null,
    private_origins: (env.SOUK_PRIVATE_ORIGINS ?? '').split(',').filter(Boolean),
    stand_ins: [],
    ice_servers: iceServersOf(env.SOUK_ICE_SERVERS),
    bus_url: env.SOUK_BUS_URL ?? null,
    storage_url: env.SOUK_STORAGE_URL ?? null,
    payments: env.SOUK_PAYMENTS ?? 'sandbox',
    trust_proxy: env.SOUK_TRUST_PROXY ?? null,
    log_level: env.SOUK_LOG ?? 'warn',
    demo: !production && !argv.includes('--no-demo'),
    demo_videos: Number(env.SOUK_DEMO_VIDEOS ?? 1_000),
    lan: argv.includes('--lan'),
  });
}

const ICE_URL = /^(stun|stuns|turn|turns):\S+$/;
const ICE_MEMBERS = ['urls', 'username', 'credential', 'secret'];

function iceServersOf(text: string | undefined): readonly IceServer[] {
  if (!text) return [];
  const fits = (server: Record<string, unknown>): boolean => {
    const urls = [server.urls].flat();
    const texts = Object.values(server).every((value) => typeof value === 'string' || Array.isArray(value));
    const known = Object.keys(server).every((name) => ICE_MEMBERS.includes(name));
    return texts && known && urls.length > 0 && urls.every((url) => typeof url === 'string' && ICE_URL.test(url));
  };
  try {
    const servers = JSON.parse(text);
    if (Array.isArray(servers) && servers.every((server) => typeof server === 'object' && server && fits(server)))
      return servers;
  } catch {
    // Said below: whatever is the matter, the answer is the same.
  }
  throw new CannotStart(
    'SOUK_ICE_SERVERS is no JSON list of {"urls": "turn:…", "username"?, "credential"?} or {"urls": "turn:…", "secret"}',
  );
}
