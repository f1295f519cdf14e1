import type { paths } from '@souk/sdk/openapi';
import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Avatar, Button, Coins, EmptyState, ErrorNote, Icon, Section, Skeleton } from '../../ui/index.ts';
import { GiftArt } from './gift_art.tsx';

type Received = paths['/api/gifts/received']['get']['responses'][200]['content']['application/json']['items'][number];

/** What came in the last month, each with a thank-you that can be said once. */
export function ReceivedSection() {
  const { t } = useText();
  const received = $api.useQuery('get', '/api/gifts/received');
  const items = received.data?.items ?? [];
  return (
    <Section title={t('gifts.received')} text={t('gifts.received_text')} className="mt-10">
      <ErrorNote error={received.error} onRetry={() => void received.refetch()} />
      {received.isPending && <Skeleton className="h-40 rounded-xl" />}
      {received.data && items.length === 0 && (
        <EmptyState icon="gift" title={t('gifts.received_none')} text={t('gifts.received_none_text')} />
      )}
      <ul className="divide-y divide-line/70">
        {items.map((item) => (
          <Row key={item.gift_id} item={item} onThanked={() => void received.refetch()} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ item, onThanked }: { item: Received; onThanked: () => void }) {
  const { t } = useText();
  const format = useFormat();
  const thank = $api.useMutation('post', '/api/gifts/{gift_id}/thanks', { onSuccess: onThanked });
  const name = item.sender?.name ?? t('gifts.someone');
  return (
    <li className="flex items-center gap-3 py-3">
      <Avatar name={name} src={item.sender?.avatar_url ?? null} size="sm" />
      <div className="min-w-0 grow">
        <p className="truncate font-semibold">{name}</p>
        <p className="truncate text-soft text-sm">
          {t('gifts.pieces', { n: Number(item.count), name: t(`gifts.name_${item.gift}`) })} ·{' '}
          {format.ago(item.sent_at)}
        </p>
        <ErrorNote error={thank.error} className="mt-2" />
      </div>
      <GiftArt gift={item.gift} className="size-9 shrink-0" />
      <Coins amount={item.coins} className="hidden shrink-0 text-sm sm:inline-flex" />
      {item.thanked_at ? (
        <span className="flex min-h-9 shrink-0 items-center gap-1.5 px-2 text-good text-sm">
          <Icon name="check" className="size-4" />
          {t('gifts.thanked')}
        </span>
      ) : (
        <Button
          size="sm"
          busy={thank.isPending}
          onClick={() => thank.mutate({ params: { path: { gift_id: item.gift_id } } })}
        >
          {t('gifts.thank')}
        </Button>
      )}
    </li>
  );
}
