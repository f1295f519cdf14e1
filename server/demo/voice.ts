/** A seat in the room: the socket that a viewer's page holds too. */
import { randomUUID } from 'node:crypto';
import type { ClientMessage } from '@souk/sdk/live';
import type { App } from '../kernel/http.ts';
import type { Actor } from './actor.ts';

export interface Seat {
  room_id: string;
  say: (text: string) => void;
  like: (count: number) => void;
  leave: () => void;
  gone: () => boolean;
}

/** Takes a seat. Nobody of the cast reads along: what comes is dropped. */
export async function takeSeat(app: App, actor: Actor, room_id: string): Promise<Seat> {
  const socket = await app.injectWS(`/api/rooms/${room_id}/socket`, { headers: { cookie: actor.cookie } });
  const send = (message: ClientMessage) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(message));
  socket.on('message', () => undefined);
  socket.on('error', () => socket.terminate());
  send({ v: 1, type: 'hello' });
  return {
    room_id,
    say: (text) => send({ v: 1, type: 'chat.send', key: randomUUID(), text }),
    like: (count) => send({ v: 1, type: 'like', count }),
    leave: () => socket.close(),
    gone: () => socket.readyState !== socket.OPEN,
  };
}
