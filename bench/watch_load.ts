/** The load of bench/watch.ts, a process of its own: players that report what they played, fifty events at a time. */
import http from 'node:http';
import { quantile } from './scenario.ts';

export interface WatchOrder {
  port: number;
  /** One player each: the token of its visit, and the cookie of whom is signed in. */
  players: { visit: string; cookie: string | null }[];
  videos: string[];
  seconds: number;
  /** Events in a report. */
  events: number;
}

export interface WatchLoaded {
  accepted: number;
  failed: number;
  p50: number;
  p99: number;
}

/** A swipe through videos: each begins, plays in pieces of two seconds, and ends or is skipped. */
const PIECES = ['start', 'seconds', 'seconds', 'seconds', 'complete'] as const;
let seq = Date.now();

function report({ visit }: WatchOrder['players'][number], { videos, events }: WatchOrder): string {
  const said = [];
  while (said.length < events) {
    const video_id = videos[Math.floor(Math.random() ** 3 * videos.length)] as string;
    const skips = Math.random() < 0.4;
    const pieces = skips ? (['start', 'skip'] as const) : PIECES;
    for (const kind of pieces) said.push({ video_id, seq: seq++, kind, played_ms: kind === 'start' ? 0 : 2_000 });
  }
  return JSON.stringify({ visit, events: said.slice(0, events) });
}

process.on('message', async (order: WatchOrder) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: order.players.length });
  const until = performance.now() + order.seconds * 1_000;
  const took: number[] = [];
  const loaded = { accepted: 0, failed: 0 };
  const send = (player: WatchOrder['players'][number]) =>
    new Promise<void>((resolve) => {
      const body = report(player, order);
      const begun = performance.now();
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...(player.cookie && { cookie: player.cookie }),
      };
      const path = '/api/videos/watch';
      const request = http.request({ agent, port: order.port, method: 'POST', path, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          took.push(performance.now() - begun);
          if (response.statusCode === 200) loaded.accepted += JSON.parse(Buffer.concat(parts).toString()).accepted;
          else loaded.failed += 1;
          resolve();
        });
      });
      request.on('error', () => {
        loaded.failed += 1;
        resolve();
      });
      request.end(body);
    });
  const player = async (one: WatchOrder['players'][number]) => {
    while (performance.now() < until) await send(one);
  };
  await Promise.all(order.players.map(player));
  agent.destroy();
  process.send?.({ ...loaded, p50: quantile(took, 0.5), p99: quantile(took, 0.99) } satisfies WatchLoaded);
});
