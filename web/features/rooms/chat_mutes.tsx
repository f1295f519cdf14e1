import type { paths } from '@souk/sdk/openapi';
import { useQueryClient } from '@tanstack/react-query';
import { $api, PAGED } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Avatar, Button, EmptyState, ErrorNote, List, ListRow, More, Skeleton } from '../../ui/index.ts';

const PATH = '/api/rooms/hosts/{host_id}/mutes';
type Mute = paths[typeof PATH]['get']['responses'][200]['content']['application/json']['items'][number];

/** Who may not write now, until when and by whom; with one tap they may again. */
export function ChatMutes({ host_id }: { host_id: string }) {
  const { t } = useText();
  const format = useFormat();
  const queries = useQueryClient();
  const params = { path: { host_id } };
  const list = $api.useInfiniteQuery('get', PATH, { params: { ...params, query: { limit: 30 } } }, PAGED);
  const lift = $api.useMutation('delete', '/api/rooms/hosts/{host_id}/mutes/{person_id}', {
    onSuccess: () => queries.invalidateQueries({ queryKey: ['get', PATH] }),
  });
  if (list.error) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Skeleton className="h-40 rounded-md" />;
  const mutes: Mute[] = list.data.pages.flatMap((page) => page.items);
  if (mutes.length === 0) {
    return <EmptyState icon="volume" title={t('chat.nobody_muted')} text={t('chat.nobody_muted_text')} />;
  }
  const untilOf = ({ muted_until }: Mute) =>
    muted_until ? t('chat.until', { time: format.dateTime(muted_until) }) : t('chat.for_ever');
  return (
    <>
      <ErrorNote error={lift.error} />
      <List label={t('chat.muted')}>
        {mutes.map((mute) => (
          <ListRow
            key={mute.person.person_id}
            lead={<Avatar name={mute.person.name} src={mute.person.avatar_url} />}
            title={mute.person.name}
            text={`${untilOf(mute)}${mute.muted_by ? ` · @${mute.muted_by.handle}` : ''}`}
            end={
              <Button
                size="sm"
                busy={lift.isPending && lift.variables.params.path.person_id === mute.person.person_id}
                aria-label={t('chat.unmute_name', { name: mute.person.name })}
                onClick={() => lift.mutate({ params: { path: { host_id, person_id: mute.person.person_id } } })}
              >
                {t('chat.unmute')}
              </Button>
            }
          />
        ))}
      </List>
      <More show={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
    </>
  );
}
