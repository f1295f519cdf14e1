import type { paths } from '@souk/sdk/openapi';
import { useQueryClient } from '@tanstack/react-query';
import { $api, PAGED } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Badge, Button, Card, EmptyState, ErrorNote, More, Page, Price, Skeleton, toast } from '../../ui/index.ts';
import { FinanceOnly } from '../ledger/index.ts';

type Refund = paths['/api/payments/refunds']['get']['responses'][200]['content']['application/json']['items'][number];

/** `/operate/refunds`: money that is owed to buyers and that the provider would not give back. */
export default function RefundsPage() {
  const { t } = useText();
  return (
    <Page title={t('payments.refunds')} intro={t('payments.refunds_intro')} back="/operate" width="narrow">
      <FinanceOnly>
        <Refunds />
      </FinanceOnly>
    </Page>
  );
}

function Refunds() {
  const { t } = useText();
  const found = $api.useInfiniteQuery('get', '/api/payments/refunds', { params: { query: { limit: 20 } } }, PAGED);
  if (found.error) return <ErrorNote error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton className="h-40 rounded-xl" />;
  const items = found.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return <EmptyState icon="check" title={t('payments.no_refunds')} text={t('payments.no_refunds_text')} />;
  }
  return (
    <>
      <ul className="grid gap-3">
        {items.map((refund) => (
          <li key={refund.refund_id}>
            <RefundCard refund={refund} />
          </li>
        ))}
      </ul>
      <More show={found.hasNextPage} busy={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />
    </>
  );
}

const PURPOSES = new Set(['order', 'top_up']);

function RefundCard({ refund }: { refund: Refund }) {
  const { t } = useText();
  const format = useFormat();
  const client = useQueryClient();
  const retry = $api.useMutation('post', '/api/payments/refunds/{refund_id}/retry', {
    onSuccess: async () => {
      toast({ title: t('payments.asked_again'), tone: 'good' });
      await client.invalidateQueries({ queryKey: ['get', '/api/payments/refunds'] });
    },
  });
  const { refund_id, state, tries, purpose, next_try_at, owed_since } = refund;
  const refused = state === 'refused';
  return (
    <Card className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Price money={refund.amount} className="font-bold text-lg" />
        <Badge tone={refused ? 'bad' : 'plain'}>{t(`payments.state_${state}`)}</Badge>
      </div>
      <p className="text-soft text-sm">
        {t(PURPOSES.has(purpose) ? `payments.for_${purpose}` : 'payments.for_other')} ·{' '}
        {t('payments.owed_since', { at: format.dateTime(owed_since) })} · {t('payments.tries', { n: tries })}
      </p>
      <ErrorNote error={retry.error} />
      {refused ? (
        <Button
          className="justify-self-start"
          busy={retry.isPending}
          onClick={() => retry.mutate({ params: { path: { refund_id } } })}
        >
          {t('payments.ask_again')}
        </Button>
      ) : (
        next_try_at && <p className="text-sm">{t('payments.next_try', { at: format.dateTime(next_try_at) })}</p>
      )}
    </Card>
  );
}
