import { useParams } from '@tanstack/react-router';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { ErrorNote, Page, Skeleton } from '../../ui/index.ts';
import { FinanceOnly } from './amount.tsx';
import { TransferTable } from './transfer_table.tsx';

/** All that the book knows of one gift, order or top-up. */
export default function RefPage() {
  const { t } = useText();
  const { ref = '' } = useParams({ strict: false }) as { ref?: string };
  const found = $api.useQuery('get', '/api/ledger/transfers', { params: { query: { ref } } });
  return (
    <Page title={t('ledger.transfers')} intro={t('ledger.ref_intro', { ref })} back>
      <FinanceOnly>
        {found.isPending && <Skeleton className="h-64 rounded-xl" />}
        {found.error && <ErrorNote error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && <TransferTable lines={found.data.items} />}
      </FinanceOnly>
    </Page>
  );
}
