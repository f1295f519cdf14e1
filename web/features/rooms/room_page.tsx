import { useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { ButtonLink, EmptyState, ErrorNote, Loading, useTitle } from '../../ui/index.ts';
import type { RoomPageData } from './data.ts';
import { LiveRoom } from './live_room.tsx';
import { ReplayRoom } from './replay_room.tsx';

/** `/live/:id`: the running live; once it is over, its recording. */
export default function RoomPage() {
  const { id = '' } = useParams({ strict: false });
  const room = $api.useQuery(
    'get',
    '/api/rooms/{room_id}',
    { params: { path: { room_id: id } } },
    { staleTime: 30_000 },
  );
  const { refetch } = room;
  const refresh = useCallback(() => void refetch(), [refetch]);
  if (room.isPending) return <Loading className="min-h-dvh" />;
  if (room.error) return <Missing error={room.error} onRetry={refresh} />;
  return <OpenRoom key={id} room={room.data} onChanged={refresh} />;
}

function OpenRoom({ room, onChanged }: { room: RoomPageData; onChanged: () => void }) {
  useTitle(`${room.title} · ${room.host.name}`);
  // Who was there when it ended stays in the live until they choose the recording.
  const [mode, setMode] = useState<'live' | 'replay'>(room.state === 'ended' ? 'replay' : 'live');
  if (mode === 'replay') return <ReplayRoom room={room} />;
  return <LiveRoom room={room} onChanged={onChanged} onReplay={() => setMode('replay')} />;
}

function Missing({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useText();
  const gone = typeof error === 'object' && error !== null && 'status' in error && error.status !== 500;
  return (
    <div className="m-auto max-w-md p-6">
      {gone ? (
        <EmptyState
          icon="live"
          title={t('rooms.not_found')}
          text={t('rooms.not_found_text')}
          action={
            <ButtonLink to="/" tone="accent">
              {t('rooms.to_lives')}
            </ButtonLink>
          }
        />
      ) : (
        <ErrorNote error={error} onRetry={onRetry} />
      )}
    </div>
  );
}
