import { useDeferredValue, useState } from 'react';
import { $api, PAGED } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, ButtonLink, EmptyState, ErrorNote, More, Page, Section, Skeleton, TextField } from '../../ui/index.ts';
import { RoomGrid } from '../feed/room_cards.tsx';
import { ScheduleGrid } from './schedule_card.tsx';

const LIVE_REFRESH_MS = 10_000;

/** `/live`: what is live, what is planned, what was. */
export default function DirectoryPage() {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const q = search ? { q: search } : {};
  const live = $api.useInfiniteQuery(
    'get',
    '/api/rooms',
    { params: { query: { state: 'live', limit: 20, ...q } } },
    { ...PAGED, refetchInterval: LIVE_REFRESH_MS },
  );
  const planned = $api.useInfiniteQuery('get', '/api/schedules', { params: { query: { limit: 10, ...q } } }, PAGED);
  const past = $api.useInfiniteQuery(
    'get',
    '/api/rooms',
    { params: { query: { state: 'ended', limit: 20, ...q } } },
    PAGED,
  );
  const lists = [live, planned, past];
  const nothing = search !== '' && lists.every((list) => list.data?.pages[0]?.items.length === 0);
  return (
    <Page
      title={t('lives.directory')}
      width="wide"
      actions={
        <ButtonLink to="/studio/schedules/new" icon="clock">
          {t('lives.plan')}
        </ButtonLink>
      }
    >
      <TextField
        label={t('lives.search')}
        bare
        type="search"
        placeholder={t('lives.search')}
        value={typed}
        onChange={setTyped}
        maxLength={80}
        className="mb-8 max-w-md"
        optional
      />
      {nothing ? (
        <EmptyState
          icon="search"
          title={t('lives.nothing_found', { search })}
          text={t('lives.nothing_found_text')}
          action={<Button onClick={() => setTyped('')}>{t('lives.show_all')}</Button>}
        />
      ) : (
        <>
          <Rooms list={live} title={t('lives.now')} empty={search ? null : t('lives.nobody_live')} />
          <Planned list={planned} empty={search ? null : t('lives.none_planned')} />
          <Rooms list={past} title={t('lives.replays')} empty={search ? null : t('lives.no_replays')} />
        </>
      )}
    </Page>
  );
}

interface Listed<Item> {
  data: { pages: { items: Item[] }[] } | undefined;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

type Items<List> = List extends (props: { rooms: (infer Item)[] }) => unknown ? Item : never;

function Rooms({ list, title, empty }: { list: Listed<Items<typeof RoomGrid>>; title: string; empty: string | null }) {
  return (
    <Listing list={list} title={title} empty={empty}>
      {(rooms) => <RoomGrid rooms={rooms} />}
    </Listing>
  );
}

type PlanItem = Parameters<typeof ScheduleGrid>[0]['plans'][number];

function Planned({ list, empty }: { list: Listed<PlanItem>; empty: string | null }) {
  const { t } = useText();
  return (
    <Listing list={list} title={t('lives.upcoming')} empty={empty}>
      {(plans) => <ScheduleGrid plans={plans} />}
    </Listing>
  );
}

interface ListingProps<Item> {
  list: Listed<Item>;
  title: string;
  /** Said where there is nothing; null leaves the whole part out. */
  empty: string | null;
  children: (items: Item[]) => React.ReactNode;
}

function Listing<Item>({ list, title, empty, children }: ListingProps<Item>) {
  const items = list.data?.pages.flatMap((page) => page.items);
  if (items?.length === 0 && empty === null) return null;
  return (
    <Section title={title}>
      <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      {!items && !list.error && <Skeleton className="h-56 rounded-xl" />}
      {items && items.length > 0 && children(items)}
      {items?.length === 0 && <p className="text-soft">{empty}</p>}
      <More show={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
    </Section>
  );
}
