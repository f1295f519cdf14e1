/** Plays a live somewhere else: an HLS server with a playlist that grows when a test says so. */
import { createServer } from 'node:http';
import { makeInit, makeSegment } from './media.ts';

export interface PlaylistServer {
  origin: string;
  /** Where the playlist is: a master with one variant. */
  url: string;
  /** Adds a segment of a second. */
  grow(): void;
  /** Nothing more will follow; or more will. */
  finish(): void;
  resume(): void;
  /** Every segment is this text from now on, said to be a picture; null: as usual. */
  disguise(text: string | null): void;
  /** Answers with this status from now on; null: as usual. */
  fail(status: number | null): void;
  /** Paths that were asked for. */
  asked: string[];
  close(): void;
}

const LIST = 'application/vnd.apple.mpegurl';

/** @param first the number of its first segment */
export async function openPlaylistServer(first = 100): Promise<PlaylistServer> {
  let [count, over, failing] = [0, false, null as number | null];
  let disguise: string | null = null;
  const asked: string[] = [];
  const list = () => {
    const kept = Array.from({ length: count }, (_, i) => first + i).slice(-6);
    const head = [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-TARGETDURATION:1',
      `#EXT-X-MEDIA-SEQUENCE:${kept[0] ?? first}`,
    ];
    const entries = kept.flatMap((n) => ['#EXTINF:1.000,', `seg-${n}.m4s`]);
    return [...head, '#EXT-X-MAP:URI="init.mp4"', ...entries, ...(over ? ['#EXT-X-ENDLIST'] : []), ''].join('\n');
  };
  const answerOf = (path: string): [type: string, body: Buffer | string] | null => {
    const n = Number(/^\/v\/seg-(\d+)\.m4s$/.exec(path)?.[1]);
    if (path === '/live.m3u8') return [LIST, '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=500000\nv/list.m3u8\n'];
    if (path === '/v/list.m3u8') return [LIST, list()];
    if (path === '/v/init.mp4') return ['video/mp4', makeInit()];
    if (disguise !== null && n >= first) return ['video/mp4', disguise];
    return n >= first && n < first + count ? ['video/mp4', makeSegment(n - first)] : null;
  };
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = failing === null ? answerOf(request.url ?? '') : null;
    if (!answer) return response.writeHead(failing ?? 404).end();
    return response.writeHead(200, { 'content-type': answer[0] }).end(answer[1]);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as { port: number };
  const origin = `http://127.0.0.1:${port}`;
  return {
    ...{ origin, url: `${origin}/live.m3u8`, asked },
    grow() {
      count += 1;
    },
    finish() {
      over = true;
    },
    resume() {
      over = false;
    },
    disguise(text) {
      disguise = text;
    },
    fail(status) {
      failing = status;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
