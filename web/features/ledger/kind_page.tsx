import { useParams } from '@tanstack/react-router';
import { $api, PAGED } from '../../api.ts';
import { useText } from '../../text.ts';
import { EmptyState, ErrorNote, More, Page, Skeleton, Table, TextLink } from '../../ui/index.ts';
import { Amount, accountPath, FinanceOnly } from './amount.tsx';

export default function KindPage() {
  const { t } = useText();
  const { asset = '', kind = '' } = useParams({ strict: false }) as { asset?: string; kind?: string };
  return (
    <Page title={kind} intro={t('ledger.kind_intro', { asset })} back="/operate/ledger">
      <FinanceOnly>
        <AccountsOf asset={asset} kind={kind} />
      </FinanceOnly>
    </Page>
  );
}

function AccountsOf({ asset, kind }: { asset: string; kind: string }) {
  const { t } = useText();
  const accounts = $api.useInfiniteQuery(
    'get',
    '/api/ledger/accounts',
    { params: { query: { asset, kind, limit: 50 } } },
    PAGED,
  );
  if (accounts.isPending) return <Skeleton className="h-64 rounded-xl" />;
  if (accounts.error) return <ErrorNote error={accounts.error} onRetry={() => void accounts.refetch()} />;
  return (
    <>
      <Table
        label={kind}
        rows={accounts.data.pages.flatMap((page) => page.items)}
        rowKey={(row) => row.account_id}
        empty={<EmptyState icon="receipt" title={t('ledger.no_accounts')} text={t('ledger.empty_text')} />}
        columns={[
          {
            id: 'owner',
            head: t('ledger.owner'),
            main: true,
            cell: (row) => (
              <TextLink to={accountPath(row.account_id)} className="break-words">
                {row.owner?.name ?? t(row.owner_id ? 'ledger.left' : 'ledger.house')}
              </TextLink>
            ),
          },
          {
            id: 'balance',
            head: t('ledger.balance'),
            end: true,
            cell: (row) => <Amount value={row.balance} asset={asset} />,
          },
        ]}
      />
      <More
        show={accounts.hasNextPage}
        busy={accounts.isFetchingNextPage}
        onMore={() => void accounts.fetchNextPage()}
      />
    </>
  );
}
