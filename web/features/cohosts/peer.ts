/** One side of the connection between a host's browser and a guest's (WebRTC). The host offers, the guest answers. */
import type { Signal } from '@souk/sdk/live';

export interface PeerOptions {
  offers: boolean;
  ice_servers: RTCIceServer[];
  /** One's own camera and microphone. They are copied: muting here leaves the original alone. */
  own: MediaStream;
  send(kind: Signal['kind'], data: string): void;
  /** What the other one sends. */
  onStream(stream: MediaStream): void;
  onLink(link: Link): void;
}

export type Link = 'connecting' | 'connected' | 'lost';

export interface Peer {
  take(kind: Signal['kind'], data: string): void;
  setOwn(stream: MediaStream): void;
  setMuted(muted: boolean): void;
  close(): void;
}

const LINKS: Partial<Record<RTCPeerConnectionState, Link>> = {
  connected: 'connected',
  disconnected: 'lost',
  failed: 'lost',
  closed: 'lost',
};
/** Half of the picture needs no more; the host's uplink carries the live beside it. */
const MOST_BITS = 900_000;

export function createPeer({ offers, ice_servers, own, send, onStream, onLink }: PeerOptions): Peer {
  const connection = new RTCPeerConnection({ iceServers: ice_servers });
  let copies = copyOf(own);
  let muted = false;
  const early: string[] = [];
  connection.onicecandidate = ({ candidate }) => candidate && send('ice', JSON.stringify(candidate));
  connection.onconnectionstatechange = () => onLink(LINKS[connection.connectionState] ?? 'connecting');
  const came = new MediaStream();
  connection.ontrack = ({ track }) => {
    came.addTrack(track);
    onStream(new MediaStream(came.getTracks()));
  };
  const addOwn = () => {
    for (const track of copies) connection.addTrack(track, new MediaStream(copies));
  };
  const describe = async (kind: 'offer' | 'answer') => {
    await connection.setLocalDescription();
    send(kind, connection.localDescription?.sdp ?? '');
    await limit(connection);
  };
  const takeDescription = async (type: 'offer' | 'answer', sdp: string) => {
    await connection.setRemoteDescription({ type, sdp });
    for (const candidate of early.splice(0)) await connection.addIceCandidate(JSON.parse(candidate));
    if (type !== 'offer') return;
    addOwn();
    await describe('answer');
  };
  // Messages are worked on one after the other: a candidate waits for the description it belongs to.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<unknown>) => {
    turn = turn.then(work).catch(() => connection.signalingState !== 'closed' && onLink('lost'));
  };
  if (offers) {
    addOwn();
    inTurn(() => describe('offer'));
  }
  return {
    take(kind, data) {
      if (kind === 'ice') {
        inTurn(async () => {
          if (connection.remoteDescription) await connection.addIceCandidate(JSON.parse(data));
          else early.push(data);
        });
      } else if (kind === (offers ? 'answer' : 'offer')) inTurn(() => takeDescription(kind, data));
    },
    setOwn(stream) {
      const next = copyOf(stream);
      for (const sender of connection.getSenders()) {
        const track = next.find(({ kind }) => kind === sender.track?.kind);
        if (track) void sender.replaceTrack(track).catch(() => undefined);
      }
      stopAll(copies);
      copies = next;
      mute(copies, muted);
    },
    setMuted(next) {
      muted = next;
      mute(copies, muted);
    },
    close() {
      connection.onconnectionstatechange = null;
      connection.close();
      stopAll(copies);
    },
  };
}

const copyOf = (stream: MediaStream) => stream.getTracks().map((track) => track.clone());
const stopAll = (tracks: MediaStreamTrack[]) => {
  for (const track of tracks) track.stop();
};

function mute(tracks: MediaStreamTrack[], muted: boolean): void {
  for (const track of tracks) if (track.kind === 'audio') track.enabled = !muted;
}

async function limit(connection: RTCPeerConnection): Promise<void> {
  for (const sender of connection.getSenders()) {
    if (sender.track?.kind !== 'video') continue;
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings ?? []) encoding.maxBitrate = MOST_BITS;
    await sender.setParameters(parameters).catch(() => undefined);
  }
}
