import type { Line, Told } from '@souk/sdk/live';
import { connectRoom, type RoomConnection, RoomRefusal, type RoomRequest } from '@souk/sdk/room';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { useSignedIn } from '../../session.tsx';
import { firstView, type RoomView, roomView } from './room_view.ts';

export interface Room {
  view: RoomView;
  /** Sends and waits for the answer. @throws RoomRefusal, whose `problem` an ErrorNote can tell */
  request: (message: RoomRequest) => Promise<unknown>;
  like: (count?: number) => void;
  /** Hears what only some people in the room are told. @returns what ends it */
  listen: (hear: (told: Told) => void) => () => void;
}

const socketUrl = (room_id: string) => `${location.origin.replace(/^http/, 'ws')}/api/rooms/${room_id}/socket`;

/** A live room, connected while the component stands. Who signs in is connected anew; what was said then is sent. */
export function useRoom(room_id: string): Room {
  const { me, loading } = useSignedIn();
  const [view, say] = useReducer(roomView, firstView);
  const connection = useRef<RoomConnection>(null);
  const hearers = useRef(new Set<(told: Told) => void>());

  useEffect(() => {
    const opened = connectRoom({
      url: socketUrl(room_id),
      on: {
        status: (status, reason) => say({ type: 'status', status, reason }),
        welcome: (welcome) => say({ type: 'welcome', welcome }),
        snapshot: (snapshot) => say({ type: 'snapshot', snapshot }),
        events: (events, live) => say({ type: 'events', events, live }),
        counters: (counters) => say({ type: 'counters', counters }),
        muted: (until) => say({ type: 'muted', until }),
        hide: (person_id) => say({ type: 'hide', person_id }),
        told: (told) => {
          for (const hear of hearers.current) hear(told);
        },
      },
    });
    connection.current = opened;
    return () => opened.close();
  }, [room_id]);

  const person_id = me?.person_id ?? null;
  const known = view.status === 'open' && !loading;
  useEffect(() => {
    if (known && view.person_id !== person_id) connection.current?.reconnect();
  }, [known, view.person_id, person_id]);

  const request = async (message: RoomRequest): Promise<unknown> => {
    const key = message.key ?? crypto.randomUUID();
    const ask = async () => (await connection.current?.request({ ...message, key }))?.body;
    try {
      return await ask();
    } catch (error) {
      const early = error instanceof RoomRefusal && error.problem.code === 'sign_in_required';
      if (!early) throw error;
      // Somebody has just signed in, and the socket is still a visitor's.
      connection.current?.reconnect();
      return ask();
    }
  };

  const listen = useCallback((hear: (told: Told) => void) => {
    hearers.current.add(hear);
    return () => void hearers.current.delete(hear);
  }, []);

  return {
    view,
    request: async (message) => {
      const body = await request(message);
      // One's own line shows even where the room is too fast for everyone's.
      const { line } = (body ?? {}) as { line?: Line };
      if (line && message.type === 'chat.send') say({ type: 'own', line });
      return body;
    },
    like: (count) => connection.current?.like(count),
    listen,
  };
}
