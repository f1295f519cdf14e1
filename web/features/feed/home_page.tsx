import { useEffect, useRef } from 'react';
import { $api } from '../../api.ts';
import { useInstance } from '../../instance.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import {
  Avatar,
  ButtonLink,
  EmptyState,
  ErrorNote,
  Link,
  Loading,
  Page,
  Section,
  Skeleton,
  TextLink,
} from '../../ui/index.ts';
import { ShopRow } from '../catalog/shop_row.tsx';
import { ScheduleGrid } from '../rooms/schedule_card.tsx';
import { type PersonCard, usePeople, useRooms } from './data.ts';
import { RoomGrid, StageCard } from './room_cards.tsx';

function LiveNow() {
  const { t } = useText();
  const live = useRooms('live', 24);
  if (live.isPending) return <Skeleton className="rounded-2xl max-md:aspect-[4/5] md:h-[38rem]" />;
  if (live.error) return <ErrorNote error={live.error} onRetry={() => void live.refetch()} />;
  const [first, ...others] = live.data.items;
  if (!first) return <NobodyLive looking={live.isFetching} onDemo={() => void live.refetch()} />;
  return (
    <>
      <StageCard room={first} />
      {others.length > 0 && (
        <Section title={t('feed.also_live')} className="mt-10">
          <RoomGrid rooms={others} />
        </Section>
      )}
    </>
  );
}

const DEMO_WAIT_MS = 1_500;

/** In the first seconds of a demo its live is still being opened. @param onOpen it is there now */
function useDemoStarts(onOpen: () => void): boolean {
  const has_demo = useInstance()?.demo === true;
  const refetchInterval = DEMO_WAIT_MS;
  const { data, error } = $api.useQuery('get', '/api/demo', {}, { enabled: has_demo, refetchInterval, retry: false });
  const tell = useRef(onOpen);
  tell.current = onOpen;
  const room_id = data?.room_id;
  useEffect(() => {
    if (room_id) tell.current();
  }, [room_id]);
  return has_demo && !error && !room_id;
}

/** @param looking whether the list is being asked for again just now */
function NobodyLive({ looking, onDemo }: { looking: boolean; onDemo: () => void }) {
  const { t } = useText();
  const has_demo = useInstance()?.demo === true;
  const starts = useDemoStarts(onDemo);
  const demo = starts || (has_demo && looking);
  return (
    <EmptyState
      icon="live"
      title={t(demo ? 'feed.demo_starts' : 'feed.nobody_live')}
      text={t(demo ? 'feed.demo_starts_text' : 'feed.nobody_live_text')}
      action={
        <div className="flex flex-wrap items-center justify-center gap-2">
          {demo && <Loading className="w-full pb-2" />}
          <ButtonLink to="/studio/live" tone={demo ? 'plain' : 'accent'} icon="camera">
            {t('shell.go_live')}
          </ButtonLink>
          {has_demo && <ButtonLink to="/demo">{t('feed.open_demo')}</ButtonLink>}
        </div>
      }
      className="rounded-2xl bg-surface md:py-24"
    />
  );
}

function Upcoming() {
  const { t } = useText();
  const { data } = $api.useQuery('get', '/api/schedules', { params: { query: { limit: 5 } } });
  if (!data || data.items.length === 0) return null;
  return (
    <Section
      title={t('feed.upcoming')}
      className="mt-10"
      actions={
        <TextLink to="/live" className="text-sm">
          {t('feed.all_lives')}
        </TextLink>
      }
    >
      <ScheduleGrid plans={data.items} />
    </Section>
  );
}

function Replays() {
  const { t } = useText();
  const { data, error, refetch } = useRooms('ended', 10);
  if (error) return <ErrorNote className="mt-10" error={error} onRetry={() => void refetch()} />;
  if (!data || data.items.length === 0) return null;
  return (
    <Section title={t('feed.replays')} className="mt-10">
      <RoomGrid rooms={data.items} />
    </Section>
  );
}

function Portrait({ person }: { person: PersonCard }) {
  return (
    <li className="w-24 shrink-0">
      <Link to={`/@${person.handle}`} className="group block rounded-lg text-center">
        <Avatar name={person.name} src={person.avatar_url} size="xl" arch className="h-30! w-24!" />
        <span className="mt-2 block truncate font-semibold text-sm group-hover:text-accent-text">{person.name}</span>
        <span className="block truncate text-soft text-xs">@{person.handle}</span>
      </Link>
    </li>
  );
}

function People() {
  const { t } = useText();
  const { me } = useSignedIn();
  const { data } = usePeople(20);
  const others = data?.items.filter((person) => person.person_id !== me?.person_id) ?? [];
  if (others.length === 0) return null;
  return (
    <Section title={t('feed.people')} text={t('feed.people_text')} className="mt-10">
      <ul className="hide-scroll -mx-4 flex gap-4 overflow-x-auto px-4 pt-1 pb-2 sm:-mx-6 sm:px-6">
        {others.map((person) => (
          <Portrait key={person.person_id} person={person} />
        ))}
      </ul>
    </Section>
  );
}

/** What is live, what was, and who is here. */
export default function HomePage() {
  const { t } = useText();
  return (
    <Page title={t('feed.title')} width="wide" bare>
      <LiveNow />
      <Upcoming />
      <Replays />
      <ShopRow title={t('feed.shop')} />
      <People />
    </Page>
  );
}
