import { $api, PAGED } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { ButtonLink, EmptyState, ErrorNote, Icon, List, ListRow, More, Section, Skeleton } from '../../ui/index.ts';

/** The lives a host has had: each leads to what came of it, and to its replay. */
export function PastLives({ host_id }: { host_id: string }) {
  const { t } = useText();
  const format = useFormat();
  const query = { state: 'ended', host_id, limit: 20 } as const;
  const rooms = $api.useInfiniteQuery('get', '/api/rooms', { params: { query } }, PAGED);
  const items = rooms.data?.pages.flatMap((page) => page.items);
  return (
    <Section title={t('lives.past')}>
      <ErrorNote error={rooms.error} onRetry={() => void rooms.refetch()} />
      {!items && !rooms.error && <Skeleton className="h-40 rounded-xl" />}
      {items && items.length > 0 && (
        <List label={t('lives.past')}>
          {items.map((room) => (
            <ListRow
              key={room.room_id}
              to={`/studio/lives/${room.room_id}`}
              lead={<Icon name="chart" className="size-6 text-accent-text" />}
              title={room.title}
              text={room.started_at ? format.dateTime(room.started_at) : undefined}
              end={
                <span className="flex items-center gap-1.5 text-soft text-sm">
                  <Icon name="eye" className="size-4" />
                  {format.compact(room.viewers)}
                  <span className="sr-only">{t('lives.viewers_peak')}</span>
                </span>
              }
            />
          ))}
        </List>
      )}
      {items?.length === 0 && (
        <EmptyState
          icon="play"
          title={t('rooms.studio_no_replays')}
          text={t('rooms.studio_no_replays_text')}
          action={<ButtonLink to="/studio/live">{t('shell.go_live')}</ButtonLink>}
        />
      )}
      <More show={rooms.hasNextPage} busy={rooms.isFetchingNextPage} onMore={() => void rooms.fetchNextPage()} />
    </Section>
  );
}
