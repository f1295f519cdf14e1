import type { Told } from '@souk/sdk/live';
import { useEffect, useRef, useState } from 'react';
import { useSignedIn } from '../../session.tsx';
import { type Camera, useCamera } from '../media/use_camera.ts';
import { createPeer, type Link, type Peer } from './peer.ts';
import { type CohostItem, type Line, sayNo, sayYes, useCohosts, useLastCamera } from './use_cohosts.ts';
import { useFarewell } from './use_host_side.ts';

export interface GuestSide {
  /** What there is between this reader and the host; null: nothing. */
  own: CohostItem | null;
  camera: Camera;
  /** The sheet in which one looks at oneself first. */
  looking: boolean;
  setLooking: (looking: boolean) => void;
  /** This page is in the picture: it takes the place of the live, whose sound would be one's own, late. */
  on_air: boolean;
  host: MediaStream | null;
  link: Link;
  has_relay: boolean;
  muted: boolean;
  setMuted: (muted: boolean) => void;
  /** @returns the problem, where there is one */
  join: () => Promise<unknown>;
  leave: () => Promise<unknown>;
}

/** Until an offer comes: the host's page may only just be opening. */
const KNOCK_MS = 2_000;
/** A connection that is lost for so long is made anew. */
const AGAIN_MS = 4_000;

/** A viewer's end of two people in one picture. */
export function useGuestSide(room_id: string, host_id: string, line: Line, live: boolean): GuestSide {
  const { me } = useSignedIn();
  const my_id = me?.person_id ?? '';
  const { items, ice_servers, has_relay, refetch } = useCohosts(
    room_id,
    line,
    live && me !== null && my_id !== host_id,
  );
  const own = items.find(({ person }) => person.person_id === my_id) ?? null;
  const [looking, setLooking] = useState(false);
  // Said on this page: another page of the same person must not open its camera.
  const [consents, setConsents] = useState(false);
  const [muted, setMuted] = useState(false);
  const camera = useCamera(looking || consents);
  const on_air = consents && own?.state === 'together';
  const { stream, link } = useHostStream({
    host_id,
    ice_servers,
    line,
    muted,
    own: useLastCamera(camera.stream, on_air),
  });
  useFarewell(on_air && own ? { ...own, person: own.host } : null, link, has_relay);

  const there = own !== null;
  useEffect(() => {
    if (there) return () => setConsents(false);
  }, [there]);

  return {
    ...{ own, camera, looking, setLooking, on_air, host: stream, link, has_relay, muted, setMuted },
    async join() {
      const { error } = own?.state === 'together' ? {} : await sayYes(room_id, my_id);
      if (error) return error;
      const { data } = await refetch();
      setConsents((data?.items.length ?? 0) > 0);
      setLooking(false);
      return null;
    },
    async leave() {
      setLooking(false);
      const { error } = await sayNo(room_id, my_id);
      await refetch();
      return error ?? null;
    },
  };
}

interface HostStreamProps {
  host_id: string;
  ice_servers: RTCIceServer[];
  line: Line;
  /** Null: nothing is sent. */
  own: MediaStream | null;
  muted: boolean;
}

function useHostStream({ host_id, ice_servers, line, own, muted }: HostStreamProps) {
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [link, setLink] = useState<Link>('connecting');
  const [attempt, setAttempt] = useState(0);
  const peer = useRef<Peer | null>(null);
  const now = useRef({ own, muted, line, ice_servers });
  now.current = { own, muted, line, ice_servers };
  const sends = own !== null;
  const { listen } = line;

  // biome-ignore lint/correctness/useExhaustiveDependencies: trying again is what `attempt` is for
  useEffect(() => {
    if (!sends) return;
    const session = crypto.randomUUID();
    const send = (kind: 'ready' | 'offer' | 'answer' | 'ice', data: string) =>
      void now.current.line.request({ type: 'cohost.signal', to: host_id, session, kind, data }).catch(() => undefined);
    const knock = setInterval(() => send('ready', ''), KNOCK_MS);
    send('ready', '');
    const unlisten = listen((told: Told) => {
      if (told.type !== 'cohost.signal' || told.from !== host_id || told.session !== session) return;
      const { own: camera, muted: silent, ice_servers: servers } = now.current;
      if (!peer.current && camera) {
        clearInterval(knock);
        peer.current = createPeer({
          ...{ offers: false, ice_servers: servers, own: camera, send, onStream: setStream, onLink: setLink },
        });
        peer.current.setMuted(silent);
      }
      peer.current?.take(told.kind, told.data);
    });
    return () => {
      clearInterval(knock);
      unlisten();
      peer.current?.close();
      peer.current = null;
      setStream(null);
      setLink('connecting');
    };
  }, [host_id, sends, listen, attempt]);

  useEffect(() => {
    if (link !== 'lost') return;
    const timer = setTimeout(() => setAttempt((n) => n + 1), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [link]);
  useEffect(() => {
    if (own) peer.current?.setOwn(own);
  }, [own]);
  useEffect(() => peer.current?.setMuted(muted), [muted]);
  return { stream, link };
}
