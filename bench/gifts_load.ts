/** The load of the gifts bench, a process of its own: sockets that send Roses and wait for their acknowledgement. */
import WebSocket from 'ws';
import { quantile } from './scenario.ts';

export interface LoadOrder {
  url: string;
  /** One socket each. */
  people: { cookie: string; room: string }[];
}

export interface LoadRound {
  seconds: number;
  /** Closed loop: unanswered gifts a socket keeps. */
  window?: number;
  /** Open loop: gifts a second over all sockets, whatever the answers. */
  rate?: number;
}

export interface LoadResult {
  rate: number;
  p50: number;
  p99: number;
  refused: number;
  cpu: number;
}

type Sender = { send(): void };
const sent = new Map<string, number>();
let took: number[] = [];
let refused = 0;
let window = 0;
let keys = 0;

function open(url: string, person: LoadOrder['people'][number]): Promise<Sender> {
  const address = `${url.replace('http', 'ws')}/api/rooms/${person.room}/socket`;
  const socket = new WebSocket(address, { headers: { cookie: person.cookie }, perMessageDeflate: false });
  const send = () => {
    const key = `gift-${process.pid}-${keys++}`;
    sent.set(key, performance.now());
    socket.send(`{"v":1,"type":"gift.send","key":"${key}","gift":"rose","count":1,"confirmed":true}`);
  };
  return new Promise((resolve, reject) => {
    socket.on('open', () => socket.send('{"v":1,"type":"hello"}'));
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      // Frames are many and of no interest here: only answers are read.
      const text = data.toString('latin1', 0, 48);
      if (text.includes('"snapshot"')) resolve({ send });
      if (!text.includes('"ack"') && !text.includes('"refused"')) return;
      const { key, type } = JSON.parse(data.toString()) as { key: string; type: string };
      took.push(performance.now() - (sent.get(key) ?? 0));
      sent.delete(key);
      if (type === 'refused') refused += 1;
      if (window > 0) send();
    });
  });
}

async function round(senders: Sender[], { seconds, window: wanted = 0, rate = 0 }: LoadRound): Promise<LoadResult> {
  const warm_up = 1_000;
  window = wanted;
  for (const sender of senders) for (let i = 0; i < wanted; i += 1) sender.send();
  let at = 0;
  const begun = performance.now();
  let given = 0;
  const timer =
    rate > 0 &&
    setInterval(() => {
      const due = ((performance.now() - begun) / 1_000) * rate;
      for (; given < due; given += 1) senders[at++ % senders.length]?.send();
    }, 5);
  await new Promise((resume) => setTimeout(resume, warm_up));
  took = [];
  refused = 0;
  const cpu = process.cpuUsage();
  const start = performance.now();
  await new Promise((resume) => setTimeout(resume, seconds * 1_000));
  const elapsed = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const result = {
    rate: took.length / elapsed,
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    refused,
    cpu: (user + system) / 1e6 / elapsed,
  };
  window = 0;
  if (timer) clearInterval(timer);
  while (sent.size > 0) await new Promise((resume) => setTimeout(resume, 20));
  return result;
}

let senders: Sender[] = [];
process.on('message', async (message: LoadOrder | LoadRound) => {
  if ('people' in message) {
    senders = await Promise.all(message.people.map((person) => open(message.url, person)));
    process.send?.('open');
  } else {
    process.send?.(await round(senders, message));
  }
});
