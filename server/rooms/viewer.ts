/** One socket: who is behind it, what was sent to it, and how it ends. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ClosingReason, ServerMessage } from '@souk/sdk/live';
import type { WebSocket } from 'ws';
import type { Principal } from '../kernel/context.ts';
import { framed } from './framing.ts';
import type { LiveRoom } from './live_room.ts';

export interface Viewer {
  socket: WebSocket;
  /** Whose limits it counts against: a person, or the address of a visitor. */
  counted_as: string;
  cookie: string | undefined;
  opened_at: number;
  /** The second of the half minute in which it is pinged. */
  slot: number;
  me: Principal | null;
  room: LiveRoom | null;
  /** With whom they share a block, in wire form: what those say is not sent here. */
  hidden: ReadonlySet<string>;
  /** Messages are taken one after the other. */
  turn: Promise<void>;
  waiting: number;
  /** Tokens of the flood limit, and when they were counted. */
  tokens: number;
  counted_at: number;
  strikes: number;
  /** The last frame it took, when it became too slow for those after it. */
  lag: { seq: number; since: number } | null;
  /** Whether it answered the last ping. */
  alive: boolean;
  closed: boolean;
}

/** How long an ended connection may take to say goodbye. */
const GOODBYE_MS = 5_000;
const NORMAL = 1000;
const POLICY = 1008;

/** The socket below, which `ws` keeps to itself. */
const below = ({ socket }: Viewer): Socket | null => (socket as unknown as { _socket: Socket | null })._socket;

/**
 * Sends what `framed` (framing.ts) made for everyone: one buffer, one write. `ws` would make a header for each viewer and write two
 * buffers; it keeps no state of its own between messages where nothing is compressed, so this may go past it.
 */
export function sendFramed(viewer: Viewer, framed: Buffer): void {
  if (viewer.socket.readyState === viewer.socket.OPEN) below(viewer)?.write(framed);
}

/**
 * Lets go of the HTTP request that became this socket. Without it the plugin's error listener and the response that
 * Node ties to the socket keep the whole request, its headers and its reply alive as long as the viewer stays.
 */
export function forgetRequest(viewer: Viewer): void {
  viewer.socket.removeAllListeners('error');
  const socket = below(viewer) as (Socket & { _httpMessage?: ServerResponse | null }) | null;
  if (socket) socket._httpMessage?.detachSocket(socket);
}

/** To one viewer. What a turn of the event loop says to them leaves in one write: a batch acknowledges many at once. */
export function sendMessage(viewer: Viewer, message: ServerMessage): void {
  const socket = below(viewer);
  if (!socket || viewer.socket.readyState !== viewer.socket.OPEN) return;
  if (socket.writableCorked === 0) {
    socket.cork();
    process.nextTick(() => socket.uncork());
  }
  socket.write(framed(Buffer.from(JSON.stringify(message))));
}

const CALM = new Set<ClosingReason>(['ended', 'not_found', 'signed_out']);

/** Says why and closes. A peer that does not answer is cut off. */
export function hangUp(viewer: Viewer, reason: ClosingReason, retry: boolean): void {
  if (viewer.closed) return;
  viewer.closed = true;
  sendMessage(viewer, { v: 1, type: 'closing', reason, retry });
  viewer.socket.close(CALM.has(reason) ? NORMAL : POLICY, reason);
  setTimeout(() => viewer.socket.terminate(), GOODBYE_MS).unref();
}
