import { useState } from 'react';
import { $api, PAGED } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import {
  Badge,
  Button,
  ButtonLink,
  Card,
  Coins,
  EmptyState,
  ErrorNote,
  More,
  Price,
  Skeleton,
} from '../../ui/index.ts';
import { type Lot, useMarket } from './data.ts';
import { WithdrawSheet } from './withdraw_sheet.tsx';

/** Purchases of coins: receipt, what is left of each, and its return. */
export function PurchasesTab() {
  const { t } = useText();
  const { me } = useSignedIn();
  const [returning, setReturning] = useState<Lot | null>(null);
  const lots = $api.useInfiniteQuery(
    'get',
    '/api/wallet/lots',
    { params: { query: { limit: 20 } } },
    { ...PAGED, enabled: me !== null },
  );
  const items = lots.data?.pages.flatMap((page) => page.items);
  if (lots.error) return <ErrorNote error={lots.error} onRetry={() => void lots.refetch()} />;
  if (!items) return <Skeleton className="h-64 rounded-xl" />;
  if (items.length === 0) {
    return <EmptyState icon="receipt" title={t('wallet.no_purchases')} text={t('wallet.no_purchases_text')} />;
  }
  return (
    <>
      <div className="grid gap-3">
        {items.map((lot) => (
          <LotCard key={lot.lot_id} lot={lot} onReturn={() => setReturning(lot)} />
        ))}
      </div>
      <More show={lots.hasNextPage} busy={lots.isFetchingNextPage} onMore={() => void lots.fetchNextPage()} />
      <WithdrawSheet lot={returning} onClose={() => setReturning(null)} />
    </>
  );
}

function LotCard({ lot, onReturn }: { lot: Lot; onReturn: () => void }) {
  const { t, locale } = useText();
  const format = useFormat();
  const market = useMarket();
  return (
    <Card>
      <div className="flex items-start justify-between gap-4">
        <div>
          <Coins amount={lot.coins} className="text-lg" />
          <p className="text-soft text-sm">{format.dateTime(lot.bought_at)}</p>
        </div>
        <div className="text-right">
          <Price money={lot.total} className="font-semibold" />
          <p className="text-soft text-sm">{t('wallet.unspent', { n: Number(lot.unspent) })}</p>
        </div>
      </div>
      <div className="mt-4 flex flex-wrap items-center gap-2">
        <ButtonLink size="sm" to={`/wallet/receipts/${lot.lot_id}`} icon="receipt">
          {t('wallet.receipt')}
        </ButtonLink>
        {lot.withdrawable && (
          <Button size="sm" tone="quiet" onClick={onReturn}>
            {market?.contract.withdraw_step_1[locale]}
          </Button>
        )}
        {lot.charged_back && <Badge tone="bad">{t('wallet.kind_charged_back')}</Badge>}
        {lot.withdrawable && (
          <span className="text-soft text-xs">{t('wallet.until', { date: format.date(lot.withdraw_until) })}</span>
        )}
      </div>
    </Card>
  );
}
