/** The load of bench/feed.ts, a process of its own: people that ask for page after page. */
import http from 'node:http';
import { quantile } from './scenario.ts';

export interface FeedOrder {
  port: number;
  /** One visit each. */
  viewers: { visit: string; cookie: string | null }[];
  connections: number;
  seconds: number;
  /** Pages a second over all connections; as fast as it goes without one. */
  rate?: number;
}

export interface FeedLoaded {
  pages: number;
  failed: number;
  items: number;
  p50: number;
  p99: number;
}

process.on('message', async (order: FeedOrder) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: order.connections });
  const until = performance.now() + order.seconds * 1_000;
  const took: number[] = [];
  const loaded = { pages: 0, failed: 0, items: 0 };
  let next = 0;
  const ask = ({ visit, cookie }: FeedOrder['viewers'][number], due: number) =>
    new Promise<void>((resolve) => {
      const path = `/api/feed/for-you?limit=20&visit=${visit}`;
      const headers = cookie ? { cookie } : {};
      const request = http.get({ agent, port: order.port, path, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          took.push(performance.now() - due);
          loaded.pages += 1;
          if (response.statusCode !== 200) loaded.failed += 1;
          else loaded.items += Buffer.concat(parts).toString('latin1').split('"served_id"').length - 1;
          resolve();
        });
      });
      request.on('error', () => {
        loaded.failed += 1;
        resolve();
      });
    });
  const viewer = () => order.viewers[next++ % order.viewers.length] as FeedOrder['viewers'][number];
  const { rate } = order;
  if (rate === undefined) {
    const connection = async () => {
      while (performance.now() < until) await ask(viewer(), performance.now());
    };
    await Promise.all(Array.from({ length: order.connections }, connection));
  } else {
    const begun = performance.now();
    const asked: Promise<void>[] = [];
    for (let given = 0; performance.now() < until; ) {
      const due = ((performance.now() - begun) / 1_000) * rate;
      for (; given < due; given += 1) asked.push(ask(viewer(), performance.now()));
      await new Promise((resume) => setTimeout(resume, 2));
    }
    await Promise.all(asked);
  }
  agent.destroy();
  process.send?.({ ...loaded, p50: quantile(took, 0.5), p99: quantile(took, 0.99) } satisfies FeedLoaded);
});
