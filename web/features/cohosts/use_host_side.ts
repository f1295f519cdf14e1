import type { Told } from '@souk/sdk/live';
import { useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../../api.ts';
import { useText } from '../../text.ts';
import { toast } from '../../ui/index.ts';
import { createMixer, type Mixer } from '../media/mixer.ts';
import type { Look } from '../media/places.ts';
import type { Camera } from '../media/use_camera.ts';
import type { Publishing } from '../media/use_publisher.ts';
import { createPeer, type Link, type Peer } from './peer.ts';
import { type CohostItem, type Line, sayNo, useCohosts, useLastCamera } from './use_cohosts.ts';

export interface HostSide {
  items: CohostItem[];
  /** Who is taken in; null: nobody. */
  guest: CohostItem | null;
  /** What they send, to be heard. */
  sound: MediaStream | null;
  link: Link;
  /** The host's camera, or what both make together. */
  camera: Camera | null;
  look: Look;
  setLook: (look: Look) => void;
}

interface HostSideProps {
  room_id: string;
  camera: Camera | null;
  publishing: Publishing;
  line: Line;
}

/** How long two may look for each other before the host goes on alone. */
const PATIENCE_MS = 30_000;

/** The host's end of two people in one picture: connects to the guest and mixes both. */
export function useHostSide({ room_id, camera, publishing, line }: HostSideProps): HostSide {
  const { items, ice_servers, has_relay } = useCohosts(room_id, line, camera !== null);
  const guest = items.find(({ state }) => state === 'together') ?? null;
  const [look, setLook] = useState<Look>('stacked');
  const own = useLastCamera(camera?.stream ?? null, camera !== null);
  const { stream, link } = useGuestStream({ room_id, guest, ice_servers, line, own, muted: publishing.muted });
  const guest_id = guest?.person.person_id;
  const shown = (both: boolean) => {
    const media_at = publishing.mediaTime()?.toISOString();
    if (!both || !guest_id) return;
    const params = { path: { room_id, person_id: guest_id } };
    void api.PUT('/api/rooms/{room_id}/cohosts/{person_id}/shown', { params, body: media_at ? { media_at } : {} });
  };
  const mixed = useMixed({ own, wanted: guest !== null, guest: link === 'connected' ? stream : null, look, shown });

  const { setGuest } = publishing;
  const sounds = useRef(setGuest);
  sounds.current = setGuest;
  useEffect(() => sounds.current(stream?.getAudioTracks()[0] ?? null), [stream]);
  useFarewell(guest, link, has_relay);

  // What both make together is seen as viewers see it, not as a mirror.
  const seen = useMemo<Camera | null>(
    () => (camera && mixed ? { ...camera, stream: mixed, facing: 'environment' } : camera),
    [camera, mixed],
  );
  return { items, guest, sound: stream, link, camera: seen, look, setLook };
}

interface GuestStreamProps {
  room_id: string;
  guest: CohostItem | null;
  ice_servers: RTCIceServer[];
  line: Line;
  own: MediaStream | null;
  muted: boolean;
}

function useGuestStream({ room_id, guest, ice_servers, line, own, muted }: GuestStreamProps) {
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [link, setLink] = useState<Link>('connecting');
  const peer = useRef<Peer | null>(null);
  const now = useRef({ own, muted, line, ice_servers });
  now.current = { own, muted, line, ice_servers };
  const guest_id = guest?.person.person_id ?? null;
  const ready = own !== null;
  const { listen } = line;

  useEffect(() => {
    if (!guest_id || !ready) return;
    let session: string | null = null;
    const begin = (next: string) => {
      const { own: camera, muted: silent, ice_servers: servers } = now.current;
      if (!camera) return;
      session = next;
      peer.current?.close();
      peer.current = createPeer({
        ...{ offers: true, ice_servers: servers, own: camera, onStream: setStream, onLink: setLink },
        send: (kind, data) =>
          void now.current.line
            .request({ type: 'cohost.signal', to: guest_id, session: next, kind, data })
            .catch(() => undefined),
      });
      peer.current.setMuted(silent);
    };
    const unlisten = listen((told: Told) => {
      if (told.type !== 'cohost.signal' || told.from !== guest_id) return;
      if (told.kind === 'ready' && told.session !== session) begin(told.session);
      else if (told.session === session) peer.current?.take(told.kind, told.data);
    });
    return () => {
      unlisten();
      peer.current?.close();
      peer.current = null;
      setStream(null);
      setLink('connecting');
    };
  }, [guest_id, ready, listen]);

  useEffect(() => {
    if (own) peer.current?.setOwn(own);
  }, [own]);
  useEffect(() => peer.current?.setMuted(muted), [muted]);
  useEffect(() => {
    if (!guest_id || link === 'connected') return;
    const timer = setTimeout(() => void sayNo(room_id, guest_id, true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [room_id, guest_id, link]);
  return { stream, link };
}

interface MixedProps {
  own: MediaStream | null;
  wanted: boolean;
  guest: MediaStream | null;
  look: Look;
  shown: (both: boolean) => void;
}

/** What is sent once somebody was taken in, until the live ends: going back to the camera would cost a new run. */
function useMixed({ own, wanted, guest, look, shown }: MixedProps): MediaStream | null {
  const mixer = useRef<Mixer | null>(null);
  const [mixed, setMixed] = useState<MediaStream | null>(null);
  const tell = useRef(shown);
  tell.current = shown;
  useEffect(() => {
    if (!own || (!wanted && !mixer.current)) return;
    mixer.current ??= createMixer((both) => tell.current(both));
    mixer.current.setHost(own);
    setMixed(new MediaStream([mixer.current.track, ...own.getAudioTracks()]));
  }, [own, wanted]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a mixer that was just made takes the guest as well
  useEffect(() => mixer.current?.setGuest(guest), [guest, mixed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: and the look
  useEffect(() => mixer.current?.setLook(look), [look, mixed]);
  useEffect(
    () => () => {
      mixer.current?.close();
      mixer.current = null;
    },
    [],
  );
  return mixed;
}

/** Says that the guest is gone, and where no connection came about, why. */
export function useFarewell(other: CohostItem | null, link: Link, has_relay: boolean): void {
  const { t } = useText();
  const before = useRef<{ name: string; connected: boolean } | null>(null);
  useEffect(() => {
    if (other) {
      const connected = link === 'connected' || (before.current?.connected ?? false);
      before.current = { name: other.person.name, connected };
      return;
    }
    if (!before.current) return;
    const { name, connected } = before.current;
    before.current = null;
    if (connected) toast({ title: t('cohosts.gone', { name }) });
    else
      toast({ title: t('cohosts.no_connection', { name }), text: has_relay ? '' : t('cohosts.no_relay'), tone: 'bad' });
  }, [other, link, has_relay, t]);
}
