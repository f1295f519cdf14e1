import { useCallback, useState } from 'react';
import { $api, api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import { ButtonLink, EmptyState, Loading, Page } from '../../ui/index.ts';
import { useCamera } from '../media/use_camera.ts';
import { usePublisher } from '../media/use_publisher.ts';
import { useEncoderPublishing } from './encoder_view.tsx';
import { GoLiveSetup, type LiveSource, type LiveWish } from './go_live_setup.tsx';
import { GoLiveStudio } from './go_live_studio.tsx';
import { openRehearsal, Rehearsal, type Rehearsing } from './rehearsal.tsx';

interface OpenRoom {
  room_id: string;
  title: string;
}

/** Studio → Live: look at oneself, name the room, send, end. */
export default function GoLivePage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  const [room, setRoom] = useState<OpenRoom | null>(null);
  const [ended, setEnded] = useState(false);
  const [draft, setDraft] = useState<LiveWish>();
  const [rehearsal, setRehearsal] = useState<Rehearsing | null>(null);
  const [source, setSource] = useState<LiveSource>('camera');
  const camera = useCamera(me !== null && !ended && source === 'camera');
  const publishing = usePublisher();
  // From a plan: its title stands there already, and who asked is told when it begins.
  const [planned] = useState(() => new URLSearchParams(location.search).get('schedule'));
  const plan = $api.useQuery(
    'get',
    '/api/schedules/{schedule_id}',
    { params: { path: { schedule_id: planned ?? '' } } },
    { enabled: planned !== null },
  );

  // A page that was reloaded: the live goes on without a picture until its host takes it up again or ends it.
  const host_id = me?.person_id ?? '';
  const own = $api.useQuery(
    'get',
    '/api/rooms',
    { params: { query: { state: 'live', host_id, limit: 1 } } },
    { enabled: me !== null && room === null, staleTime: 0, gcTime: 0 },
  );
  const end = async (room_id: string) => {
    await api.POST('/api/rooms/{room_id}/end', { params: { path: { room_id } } });
    await own.refetch();
  };

  const start = async (wish: LiveWish): Promise<void> => {
    if (source === 'camera' && !camera.stream) return;
    const opened = await openRoom(wish, planned);
    setRoom(opened.room);
    if (opened.key === null) return setSource('external');
    if (camera.stream) await publishing.start({ stream_id: opened.stream_id, key: opened.key }, camera.stream);
  };
  const rehearse = async (wish: LiveWish): Promise<void> => {
    if (!camera.stream) return;
    setDraft(wish);
    setRehearsal(await openRehearsal(publishing, camera.stream));
  };
  const finish = useCallback(() => setEnded(true), []);

  if (loading || (planned !== null && plan.isPending) || (me && !room && own.isPending)) return <Loading />;
  if (!me) {
    return (
      <Page title={t('golive.title')}>
        <SignedOut icon="camera" title={t('golive.sign_in')} text={t('golive.sign_in_text')} />
      </Page>
    );
  }
  if (ended && room) return <Afterwards room={room} kept={source !== 'external'} />;
  if (room && source !== 'camera') return <EncoderStudio room={room} onEnded={finish} />;
  if (room) return <GoLiveStudio room={room} camera={camera} publishing={publishing} onEnded={finish} />;
  if (rehearsal && draft) {
    return (
      <Rehearsal
        {...{ rehearsal, camera, publishing }}
        title={draft.title}
        onEnd={() => setRehearsal(null)}
        onGoLive={() => start(draft)}
      />
    );
  }
  const running = own.data?.items[0];
  return (
    <GoLiveSetup
      key={running?.room_id}
      {...{ camera, source, running, draft }}
      plan={plan.data}
      onSource={setSource}
      onStart={start}
      onRehearse={rehearse}
      onEnd={end}
    />
  );
}

/** The same studio, where OBS sends the picture. */
function EncoderStudio({ room, onEnded }: { room: OpenRoom; onEnded: () => void }) {
  const publishing = useEncoderPublishing(room.room_id);
  return <GoLiveStudio room={room} camera={null} publishing={publishing} onEnded={onEnded} />;
}

function Afterwards({ room, kept }: { room: OpenRoom; kept: boolean }) {
  const { t } = useText();
  return (
    <Page title={t('golive.over')}>
      <EmptyState
        icon="check"
        title={t('golive.over_title', { title: room.title })}
        text={t(kept ? 'golive.over_text' : 'external.not_kept')}
        action={
          <div className="flex flex-wrap justify-center gap-3">
            {kept && (
              <ButtonLink to={`/live/${room.room_id}`} tone="accent" icon="play">
                {t('golive.watch_replay')}
              </ButtonLink>
            )}
            <ButtonLink to={`/studio/lives/${room.room_id}`} icon="chart">
              {t('lives.summary')}
            </ButtonLink>
          </div>
        }
      />
    </Page>
  );
}

/** `key` is null where nothing is sent to the house. */
interface Opened {
  room: OpenRoom;
  stream_id: string;
  key: string | null;
}

/** A new room; or, where one is still open (a page that was reloaded), that one with another key. */
async function openRoom({ playlist_url, ...wish }: LiveWish, schedule_id: string | null): Promise<Opened> {
  if (playlist_url !== undefined) {
    const { data, error } = await api.POST('/api/rooms/external', { body: { ...wish, playlist_url } });
    if (data) return { room: data.room, stream_id: data.stream_id, key: null };
    return stillOpen(error);
  }
  const { data, error } = schedule_id
    ? await api.POST('/api/schedules/{schedule_id}/start', { params: { path: { schedule_id } } })
    : await api.POST('/api/rooms', { body: wish });
  if (data) return { room: data.room, stream_id: data.stream_id, key: data.stream_key };
  return stillOpen(error);
}

async function stillOpen(error: unknown): Promise<Opened> {
  const { code, room_id } = error as { code?: string; room_id?: string };
  if (code !== 'room_open' || !room_id) throw error;
  const params = { path: { room_id } };
  const room = await api.GET('/api/rooms/{room_id}', { params });
  if (!room.data) throw room.error;
  const { stream_id, provider } = room.data.stream;
  if (provider === 'external_hls') return { room: room.data, stream_id, key: null };
  const key = await api.POST('/api/rooms/{room_id}/stream-key', { params });
  if (!key.data) throw key.error;
  return { room: room.data, stream_id, key: key.data.stream_key };
}
