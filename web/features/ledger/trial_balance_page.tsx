import type { paths } from '@souk/sdk/openapi';
import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Badge, EmptyState, ErrorNote, Page, Section, Skeleton, Table, TextLink } from '../../ui/index.ts';
import { Amount, accountPath, FinanceOnly, kindPath } from './amount.tsx';

type Trial = paths['/api/ledger/trial-balance']['get']['responses']['200']['content']['application/json'];
type Row = Trial['rows'][number];

export default function TrialBalancePage() {
  const { t } = useText();
  return (
    <Page title={t('ledger.trial_balance')} intro={t('ledger.trial_balance_intro')} back="/operate">
      <FinanceOnly>
        <TrialBalance />
      </FinanceOnly>
    </Page>
  );
}

function TrialBalance() {
  const { t } = useText();
  const trial = $api.useQuery('get', '/api/ledger/trial-balance');
  if (trial.isPending) return <Skeleton className="h-64 rounded-xl" />;
  if (trial.error) return <ErrorNote error={trial.error} onRetry={() => void trial.refetch()} />;
  const { rows, sums } = trial.data;
  if (sums.length === 0) {
    return <EmptyState icon="receipt" title={t('ledger.empty')} text={t('ledger.empty_text')} />;
  }
  return (
    <>
      {sums.map(({ asset, balance }) => (
        <Section
          key={asset}
          title={asset === 'COIN' ? t('ledger.coins') : asset}
          actions={<Sum asset={asset} balance={balance} />}
        >
          <Kinds asset={asset} rows={rows.filter((row) => row.asset === asset)} />
        </Section>
      ))}
    </>
  );
}

/** Money never appears from nowhere: debits and credits of an asset always cancel out. */
function Sum({ asset, balance }: { asset: string; balance: string }) {
  const { t } = useText();
  const holds = balance === '0';
  return (
    <Badge tone={holds ? 'good' : 'bad'} icon={holds ? 'check' : 'alert'}>
      {t(holds ? 'ledger.sums_to_zero' : 'ledger.does_not_sum')} <Amount value={balance} asset={asset} />
    </Badge>
  );
}

function Kinds({ asset, rows }: { asset: string; rows: Row[] }) {
  const { t } = useText();
  const format = useFormat();
  const pathOf = (row: Row) => (row.account_id ? accountPath(row.account_id) : kindPath(asset, row.kind));
  return (
    <Table
      label={t('ledger.trial_balance')}
      rows={rows}
      rowKey={(row) => row.kind}
      columns={[
        {
          id: 'kind',
          head: t('ledger.kind'),
          main: true,
          cell: (row) => (
            <TextLink to={pathOf(row)} className="inline-block py-0.5">
              {row.kind}
            </TextLink>
          ),
        },
        { id: 'accounts', head: t('ledger.accounts'), end: true, cell: (row) => format.number(row.accounts) },
        {
          id: 'debits',
          head: t('ledger.debits'),
          end: true,
          cell: (row) => <Amount value={row.debits} asset={asset} />,
        },
        {
          id: 'credits',
          head: t('ledger.credits'),
          end: true,
          cell: (row) => <Amount value={row.credits} asset={asset} />,
        },
        {
          id: 'balance',
          head: t('ledger.balance'),
          end: true,
          cell: (row) => (
            <b>
              <Amount value={row.balance} asset={asset} />
            </b>
          ),
        },
      ]}
    />
  );
}
