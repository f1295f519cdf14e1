import { $api, PAGED } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Coins, EmptyState, ErrorNote, Icon, type IconName, List, ListRow, More, Skeleton } from '../../ui/index.ts';
import type { Movement } from './data.ts';

const ICONS: Record<Movement['kind'], IconName> = {
  bought: 'plus',
  gift_sent: 'gift',
  gift_returned: 'left',
  withdrawn: 'out',
  charged_back: 'alert',
};

/** Every change of the balance, the newest first; a gift opens its receipt. */
export function HistoryTab() {
  const { t } = useText();
  const { me } = useSignedIn();
  const history = $api.useInfiniteQuery(
    'get',
    '/api/wallet/history',
    { params: { query: { limit: 30 } } },
    { ...PAGED, enabled: me !== null },
  );
  const items = history.data?.pages.flatMap((page) => page.items);
  if (history.error) return <ErrorNote error={history.error} onRetry={() => void history.refetch()} />;
  if (!items) return <Skeleton className="h-64 rounded-xl" />;
  if (items.length === 0) {
    return <EmptyState icon="clock" title={t('wallet.no_history')} text={t('wallet.no_history_text')} />;
  }
  return (
    <>
      <List label={t('wallet.history')}>
        {items.map((item) => (
          <MovementRow key={`${item.at}${item.balance}${item.coins}${item.gift_id}${item.lot_id}`} item={item} />
        ))}
      </List>
      <More show={history.hasNextPage} busy={history.isFetchingNextPage} onMore={() => void history.fetchNextPage()} />
    </>
  );
}

function MovementRow({ item }: { item: Movement }) {
  const { t } = useText();
  const format = useFormat();
  const to = item.gift_id ? `/gifts/${item.gift_id}` : item.lot_id ? `/wallet/receipts/${item.lot_id}` : undefined;
  return (
    <ListRow
      lead={
        <span className="flex size-10 shrink-0 items-center justify-center rounded-full bg-raised text-soft">
          <Icon name={ICONS[item.kind]} className="size-5" />
        </span>
      }
      title={item.person ? t(`wallet.kind_${item.kind}_of`, { name: item.person.name }) : t(`wallet.kind_${item.kind}`)}
      text={format.dateTime(item.at)}
      end={
        <>
          <Coins amount={item.coins} signed />
          <span className="block text-soft text-xs">
            {t('wallet.balance_after', { coins: format.number(item.balance) })}
          </span>
        </>
      }
      {...(to && { to })}
    />
  );
}
