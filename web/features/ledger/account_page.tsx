import type { paths } from '@souk/sdk/openapi';
import { useParams } from '@tanstack/react-router';
import { $api, PAGED } from '../../api.ts';
import { useText } from '../../text.ts';
import { ErrorNote, Facts, More, Page, Section, Skeleton, TextLink } from '../../ui/index.ts';
import { Amount, FinanceOnly } from './amount.tsx';
import { TransferTable } from './transfer_table.tsx';

export default function AccountPage() {
  const { t } = useText();
  const { account_id = '' } = useParams({ strict: false }) as { account_id?: string };
  const account = $api.useQuery('get', '/api/ledger/accounts/{account_id}', { params: { path: { account_id } } });
  const asset = account.data?.asset ?? 'COIN';
  return (
    <Page title={account.data?.kind ?? t('ledger.account')} back="/operate/ledger">
      <FinanceOnly>
        {account.isPending && <Skeleton className="h-32 rounded-xl" />}
        {account.error && <ErrorNote error={account.error} onRetry={() => void account.refetch()} />}
        {account.data && (
          <>
            <Facts
              rows={[
                [t('ledger.owner'), <Owner key="owner" account={account.data} />],
                [t('ledger.asset'), asset === 'COIN' ? t('ledger.coins') : asset],
                [t('ledger.debits'), <Amount key="debits" value={account.data.debits} asset={asset} />],
                [t('ledger.credits'), <Amount key="credits" value={account.data.credits} asset={asset} />],
                [t('ledger.balance'), <Amount key="balance" value={account.data.balance} asset={asset} />],
              ]}
            />
            <Section title={t('ledger.transfers')}>
              <Lines account_id={account_id} asset={asset} />
            </Section>
          </>
        )}
      </FinanceOnly>
    </Page>
  );
}

type Account = paths['/api/ledger/accounts/{account_id}']['get']['responses'][200]['content']['application/json'];

function Owner({ account: { owner, owner_id } }: { account: Account }) {
  const { t } = useText();
  if (!owner) return t(owner_id ? 'ledger.left' : 'ledger.house');
  return owner.path ? <TextLink to={owner.path}>{owner.name}</TextLink> : owner.name;
}

function Lines({ account_id, asset }: { account_id: string; asset: string }) {
  const statement = $api.useInfiniteQuery(
    'get',
    '/api/ledger/accounts/{account_id}/transfers',
    { params: { path: { account_id }, query: { limit: 50 } } },
    PAGED,
  );
  if (statement.isPending) return <Skeleton className="h-64 rounded-xl" />;
  if (statement.error) return <ErrorNote error={statement.error} onRetry={() => void statement.refetch()} />;
  return (
    <>
      <TransferTable lines={statement.data.pages.flatMap((page) => page.items)} of={account_id} asset={asset} />
      <More
        show={statement.hasNextPage}
        busy={statement.isFetchingNextPage}
        onMore={() => void statement.fetchNextPage()}
      />
    </>
  );
}
