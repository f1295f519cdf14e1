/** The load of `bench/checkout.ts`, in a process of its own: buyers who quote and order, one after the other, for ever. */
import { Agent, request } from 'node:http';
import { quantile } from './scenario.ts';

/** Handed in as JSON by the bench. */
export interface Load {
  port: number;
  buyers: { cookie: string; address_id: string; method_id: string }[];
  variant_ids: string[];
  seconds: number;
  /** Ends before its time when nothing is left. */
  until_sold_out: boolean;
}

export interface Loaded {
  paid: number;
  sold_out: number;
  other: string[];
  seconds: number;
  p50: number;
  p99: number;
  cpu_seconds: number;
}

process.once('message', (load: Load) => {
  run(load).then((loaded) => process.send?.(loaded, () => process.exit(0)));
});

async function run({ port, buyers, variant_ids, seconds, until_sold_out }: Load): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true, maxSockets: buyers.length });
  const loaded: Loaded = { paid: 0, sold_out: 0, other: [], seconds: 0, p50: 0, p99: 0, cpu_seconds: 0 };
  const took: number[] = [];
  const start = performance.now();
  const until = start + seconds * 1_000;
  let n = 0;
  await Promise.all(
    buyers.map(async ({ cookie, address_id, method_id }, at) => {
      const send = (path: string, body: object) => post(agent, port, path, cookie, `${process.pid}-${at}-${++n}`, body);
      while (performance.now() < until && !(until_sold_out && loaded.sold_out > buyers.length)) {
        const began = performance.now();
        const lines = [{ variant_id: variant_ids[(at * 7_919 + n) % variant_ids.length], quantity: 1 }];
        const quoted = await send('/api/orders/quote', { lines });
        const expected_total = quoted.total;
        const order = await send('/api/orders', { lines, address_id, method_id, expected_total });
        if (order.state === 'paid') {
          loaded.paid += 1;
          took.push(performance.now() - began);
        } else if (order.code === 'sold_out') loaded.sold_out += 1;
        else if (loaded.other.length < 5) loaded.other.push(JSON.stringify(order).slice(0, 300));
      }
    }),
  );
  agent.destroy();
  const { user, system } = process.cpuUsage();
  const spent = (performance.now() - start) / 1_000;
  const [p50, p99] = [quantile(took, 0.5), quantile(took, 0.99)];
  return { ...loaded, seconds: spent, p50, p99, cpu_seconds: (user + system) / 1e6 };
}

interface Answer {
  state?: string;
  code?: string;
  total?: { amount: string; currency: string };
}

function post(agent: Agent, port: number, path: string, cookie: string, key: string, body: object): Promise<Answer> {
  const text = JSON.stringify(body);
  const headers = {
    cookie,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'idempotency-key': key,
  };
  return new Promise((resolve, reject) => {
    const req = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (res) => {
      let answer = '';
      res.setEncoding('utf8');
      res.on('data', (chunk) => {
        answer += chunk;
      });
      res.on('end', () => resolve(JSON.parse(answer)));
    });
    req.on('error', reject);
    req.end(text);
  });
}
