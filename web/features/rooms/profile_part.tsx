import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { ButtonLink, EmptyState, ErrorNote, Section, Skeleton } from '../../ui/index.ts';
import { RoomGrid } from '../feed/room_cards.tsx';
import { ScheduleGrid } from './schedule_card.tsx';

const REFRESH_MS = 10_000;
const SHOWN = 24;

/** On a profile: the live that is running, and the replays. */
export default function ProfilePart({ person }: { person: { person_id: string; name: string } }) {
  const { t } = useText();
  const { me } = useSignedIn();
  const of = (state: 'live' | 'ended') => ({ params: { query: { state, host_id: person.person_id, limit: SHOWN } } });
  const live = $api.useQuery('get', '/api/rooms', of('live'), { refetchInterval: REFRESH_MS });
  const plans = $api.useQuery('get', '/api/schedules', {
    params: { query: { host_id: person.person_id, limit: SHOWN } },
  });
  const past = $api.useQuery('get', '/api/rooms', of('ended'));
  if (live.isPending || past.isPending) return <Skeleton className="mt-10 h-48 rounded-xl" />;
  const rooms = [...(live.data?.items ?? []), ...(past.data?.items ?? [])];
  const error = live.error ?? past.error;
  const own = me?.person_id === person.person_id;
  return (
    <Section title={t('rooms.of_person')} className="mt-10">
      <ErrorNote error={error} />
      {plans.data && plans.data.items.length > 0 && (
        <div className="mb-8">
          <h3 className="mb-3 font-semibold text-soft">{t('lives.upcoming')}</h3>
          <ScheduleGrid plans={plans.data.items} own={own} />
        </div>
      )}
      {rooms.length > 0 && <RoomGrid rooms={rooms} />}
      {rooms.length === 0 && !error && (
        <EmptyState
          icon="live"
          title={t(own ? 'rooms.none_own' : 'rooms.none_of_person', { name: person.name })}
          text={t(own ? 'rooms.none_own_text' : 'rooms.none_of_person_text')}
          action={
            own && (
              <ButtonLink to="/studio/live" tone="accent" icon="camera">
                {t('shell.go_live')}
              </ButtonLink>
            )
          }
        />
      )}
    </Section>
  );
}
