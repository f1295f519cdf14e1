import type { ReactNode } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { cx, Note, Spinner, useProblemText } from '../../ui/index.ts';
import { Player } from '../media/player.tsx';
import type { PublisherState } from '../media/publisher_state.ts';
import type { Publishing } from '../media/use_publisher.ts';
import { EncoderAddress } from './encoder_address.tsx';

const LOOK_MS = 2_000;

type Phase = PublisherState['phase'];
const PHASES: Record<string, Phase> = { waiting: 'starting', live: 'live', silent: 'reconnecting', ended: 'stopped' };

/** What the encoder does, as far as the server sees it. */
function useEncoder(room_id: string) {
  const room = $api.useQuery(
    'get',
    '/api/rooms/{room_id}',
    { params: { path: { room_id } } },
    { refetchInterval: LOOK_MS },
  );
  const encoder = $api.useQuery('get', '/api/media/encoder', {}, { refetchInterval: LOOK_MS });
  return { stream: room.data?.stream, fault: encoder.data?.fault ?? null };
}

/** In place of a page's own publisher where OBS sends: nothing here to mute or to stop. */
export function useEncoderPublishing(room_id: string): Publishing {
  const { stream } = useEncoder(room_id);
  const state: PublisherState = {
    phase: PHASES[stream?.state ?? 'waiting'] ?? 'starting',
    ...{ refused: null, notes: [], codecs: null, taken: 0, bits_per_s: 0, backlog: 0, carries: null, two: false },
  };
  return {
    state,
    muted: false,
    setMuted: () => undefined,
    setPaused: async () => undefined,
    level: () => 0,
    mediaTime: () => null,
    start: async () => undefined,
    setCamera: () => undefined,
    setGuest: () => undefined,
    stop: async () => undefined,
  };
}

const waitingFor = (stream: { state: string; provider: string } | undefined): string => {
  const room = stream?.provider === 'external_hls' ? 'external' : 'encoder';
  return `${room}.${stream?.state === 'silent' ? 'silent' : 'waiting'}`;
};

/** Where the picture comes from: how to send it, or that nothing is sent here. */
export function EncoderSource({ room_id }: { room_id: string }) {
  const { t } = useText();
  const { stream } = useEncoder(room_id);
  if (stream?.provider !== 'external_hls') return <EncoderAddress />;
  return <Note icon="info">{t('external.running')}</Note>;
}

/** What viewers get of OBS, or what it waits for. */
export function EncoderView({
  room_id,
  className,
  children,
}: {
  room_id: string;
  className?: string;
  children?: ReactNode;
}) {
  const { t } = useText();
  const problemText = useProblemText();
  const { stream, fault } = useEncoder(room_id);
  if (stream?.state === 'live') {
    return (
      <Player stream={stream} mode="live" label={t('golive.preview')} className={className ?? ''}>
        {children}
      </Player>
    );
  }
  return (
    <div className={cx('relative isolate overflow-hidden bg-black text-white', className)}>
      <div
        role="status"
        className="absolute inset-0 grid place-content-center justify-items-center gap-3 p-6 text-center"
      >
        <Spinner className="size-8" />
        <p className="max-w-64">{t(waitingFor(stream))}</p>
        {fault && (
          <p className="max-w-64 font-semibold">{t('encoder.fault', { fault: problemText({ code: fault }) })}</p>
        )}
      </div>
      {children}
    </div>
  );
}
