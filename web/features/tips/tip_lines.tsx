import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Avatar, Badge, ErrorNote, More, Price, Section } from '../../ui/index.ts';

/** Tips as lines of one's earnings; nothing where there are none. */
export function TipLines() {
  const { t } = useText();
  const format = useFormat();
  const pages = useInfiniteQuery({
    queryKey: ['tips', 'received'],
    queryFn: async ({ pageParam }) => {
      const query = { limit: 20, ...(pageParam !== null && { after: pageParam }) };
      const { data, error } = await api.GET('/api/tips/received', { params: { query } });
      if (!data) throw error;
      return data;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0 && !pages.error) return null;
  return (
    <Section title={t('tips.received')} text={t('tips.received_text')} className="mt-10">
      <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />
      <ul className="divide-y divide-line/70">
        {items.map((tip) => (
          <li key={tip.tip_id} className="flex items-center gap-3 py-3">
            <Avatar name={tip.sender?.name ?? t('gifts.someone')} src={tip.sender?.avatar_url ?? null} size="sm" />
            <span className="min-w-0 grow">
              <span className="block truncate font-semibold">{tip.sender?.name ?? t('gifts.someone')}</span>
              <span className="block text-soft text-sm">{format.dateTime(tip.paid_at)}</span>
            </span>
            {tip.state === 'reversed' && <Badge>{t('tips.reversed')}</Badge>}
            <Price money={tip.amount} className={tip.state === 'reversed' ? 'text-soft line-through' : 'font-bold'} />
          </li>
        ))}
      </ul>
      <More show={pages.hasNextPage} busy={pages.isFetchingNextPage} onMore={() => void pages.fetchNextPage()} />
    </Section>
  );
}
