/** The load of bench/media.ts, a process of its own: asks for segments over kept connections and counts. */
import http from 'node:http';

export interface Order {
  urls: string[];
  cookie: string;
  connections: number;
  ms: number;
}

process.on('message', async (order: Order) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: order.connections });
  const until = performance.now() + order.ms;
  let answered = 0;
  let failed = 0;
  const ask = (url: string) =>
    new Promise<void>((resolve) => {
      const request = http.get(url, { agent, headers: { cookie: order.cookie } }, (response) => {
        response.resume();
        response.on('end', () => {
          if (response.statusCode === 200) answered += 1;
          else failed += 1;
          resolve();
        });
      });
      request.on('error', () => {
        failed += 1;
        resolve();
      });
    });
  const connection = async (at: number) => {
    for (let n = at; performance.now() < until; n += 1) await ask(order.urls[n % order.urls.length] as string);
  };
  await Promise.all(Array.from({ length: order.connections }, (_, at) => connection(at)));
  agent.destroy();
  process.send?.({ answered, failed });
});
