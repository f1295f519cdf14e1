/**
 * Whole checkouts a second over HTTP: quote → order reserved, charged at the sandbox provider (a process of its own,
 * fsync on), settled: paid, stock, ledger, outbox. On one hot product and on a thousand; then a product that sells out.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeApp, createApp, createContext } from '../server/app.ts';
import { readConfig } from '../server/config.ts';
import type { Context } from '../server/kernel/context.ts';
import { inTx } from '../server/kernel/db.ts';
import { checkInvariants } from '../server/ledger/index.ts';
import { sandboxOf, settled } from '../server/payments/index.ts';
import { createPerson, mintSession } from '../server/people/index.ts';
import type { Load, Loaded } from './checkout_load.ts';
import { benchCluster, cpuOf, type Goal, median, type Scenario } from './scenario.ts';

const BUYERS = 96;
const ROUNDS = 3;
const SECONDS = 8;
const WARM_SECONDS = 3;
const FEW = 500;

interface Round extends Loaded {
  rate: number;
  cores: { server: number; postgres: number; sandbox: number; load: number };
}

export const scenario: Scenario = {
  name: 'checkout',
  async run() {
    const { cluster, close } = await benchCluster();
    const data_dir = mkdtempSync(join(tmpdir(), 'souk-bench-'));
    const config = { ...readConfig({ SOUK_DATA_DIR: data_dir, SOUK_LOG: 'error', PORT: '0' }, []), port: 0 };
    const ctx = createContext(config, cluster.url('souk_app'));
    const app = await createApp(ctx);
    try {
      await app.listen({ port: 0, host: '127.0.0.1' });
      ctx.relay.start();
      const { port } = app.server.address() as AddressInfo;
      const town = await openTown(ctx, port);
      const load = { port, buyers: town.buyers, until_sold_out: false };
      const measure = (variant_ids: string[], seconds: number) =>
        round(ctx, cluster.pid() ?? 0, { ...load, variant_ids, seconds });
      await measure(town.many, WARM_SECONDS);
      const hot: Round[] = [];
      const many: Round[] = [];
      for (let n = 0; n < ROUNDS; n += 1) {
        hot.push(await measure(town.hot, SECONDS));
        many.push(await measure(town.many, SECONDS));
      }
      const last = await round(ctx, 0, { ...load, variant_ids: town.few, seconds: 30, until_sold_out: true });
      show({ 'one hot product': hot, '1,000 products': many });
      await settled(ctx);
      const faults = await checkInvariants(ctx.db.q);
      if (faults.length > 0) throw new Error(faults.join('\n'));
      showBatches(ctx);
      return goals(hot, many, last);
    } finally {
      await closeApp(app);
      await close();
      rmSync(data_dir, { recursive: true, force: true });
    }
  },
};

function goals(hot: Round[], many: Round[], last: Loaded): Goal[] {
  const rate = (rounds: Round[]) => median(rounds.map((one) => one.rate));
  return [
    { what: 'orders a second, one hot product', reached: rate(hot), goal: 317, unit: '/s' },
    { what: 'orders a second, 1,000 products', reached: rate(many), goal: 317, unit: '/s' },
    { what: `units sold of ${FEW} to ${BUYERS} buyers`, reached: last.paid, goal: FEW },
    { what: `units oversold of ${FEW}`, reached: Math.max(0, last.paid - FEW), goal: 0, lower: true },
  ];
}

/** One shop with a hot product, a thousand others and one that sells out; buyers with address and card. */
async function openTown(ctx: Context, port: number) {
  const call = async (cookie: string, method: string, path: string, body: object) => {
    const headers = { cookie, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
    const answer = await fetch(`http://127.0.0.1:${port}/api${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return answer.json();
  };
  const seller = await openPerson(ctx, 'seller');
  await call(seller, 'POST', '/merchants', TRADER);
  const product = async (stock: number): Promise<string> => {
    const variants = [{ option_values: [], price: '1900', stock }];
    const { product_id } = await call(seller, 'POST', '/products', { title: 'Mug', vat_class: 'standard', variants });
    const shown = await call(seller, 'PUT', `/products/${product_id}/published`, { published: true });
    return shown.variants[0].variant_id;
  };
  const many: string[] = [];
  for (let n = 0; n < 1_000; n += 20)
    many.push(...(await Promise.all(Array.from({ length: 20 }, () => product(100_000)))));
  const buyers: Load['buyers'] = [];
  for (let n = 0; n < BUYERS; n += 1) {
    const cookie = await openPerson(ctx, `buyer${n}`);
    const { address_id } = await call(cookie, 'POST', '/addresses', HOME);
    const { method_id } = await call(cookie, 'POST', '/payment-methods', { card: 'ok' });
    buyers.push({ cookie, address_id, method_id });
  }
  return { buyers, many, hot: [await product(1_000_000)], few: [await product(FEW)] };
}

const HOME = { name: 'Mia Muster', street: 'Weg 2', postal_code: '20095', city: 'Hamburg', country: 'DE' };
const TRADER = {
  ...{ name: 'Bench', trader_name: 'Bench GmbH', street: 'Weg 1', postal_code: '10115', city: 'Berlin' },
  ...{ country: 'DE', email: 'bench@souk.test', phone: '+49 30 1', register: 'HRB 1', shipping: '490' },
};

async function openPerson(ctx: Context, handle: string): Promise<string> {
  const person_id = await inTx(ctx.db, (tx) =>
    createPerson(ctx, tx, {
      ...{ handle, name: handle, email: `${handle}@souk.test`, email_verified: true, password_hash: null },
      ...{ market: 'DE' as const, locale: 'en' as const, born_on: '1990-01-01', roles: [] },
    }),
  );
  return mintSession(ctx, person_id);
}

async function round(ctx: Context, postgres: number, load: Load): Promise<Round> {
  const sandbox = await sandboxOf(ctx).pid();
  const [server_cpu, postgres_cpu, sandbox_cpu] = [process.cpuUsage(), cpuOf(postgres), cpuOf(sandbox)];
  const loaded = await new Promise<Loaded>((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'checkout_load.ts'));
    child.once('message', (message) => resolve(message as Loaded));
    child.once('error', reject);
    child.send(load);
  });
  if (loaded.other.length > 0) throw new Error(loaded.other.join('\n'));
  const { user, system } = process.cpuUsage(server_cpu);
  const per = (cpu: number) => cpu / loaded.seconds;
  const cores = {
    server: per((user + system) / 1e6),
    postgres: per(cpuOf(postgres) - postgres_cpu),
    sandbox: per(cpuOf(sandbox) - sandbox_cpu),
    load: per(loaded.cpu_seconds),
  };
  return { ...loaded, rate: loaded.paid / loaded.seconds, cores };
}

function show(ways: Record<string, Round[]>): void {
  const column = (of: Round[], value: (one: Round) => number, digits: number) => median(of.map(value)).toFixed(digits);
  console.table(
    Object.entries(ways).map(([way, of]) => ({
      way,
      'orders/s': column(of, (one) => one.rate, 0),
      'p50 ms': column(of, (one) => one.p50, 0),
      'p99 ms': column(of, (one) => one.p99, 0),
      'cores server': column(of, (one) => one.cores.server, 2),
      'cores PostgreSQL': column(of, (one) => one.cores.postgres, 2),
      'cores sandbox': column(of, (one) => one.cores.sandbox, 2),
      'cores load': column(of, (one) => one.cores.load, 2),
    })),
  );
}

function showBatches(ctx: Context): void {
  for (const [name, { items, batches, statements }] of Object.entries(ctx.batchers.stats())) {
    if (batches > 0)
      console.log(
        `${name}: mean batch ${(items / batches).toFixed(1)}, ${(statements / items).toFixed(2)} statements an item`,
      );
  }
}
