import type { paths } from '@souk/sdk/openapi';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { type Column, EmptyState, Table, TextLink } from '../../ui/index.ts';
import { Amount, accountPath } from './amount.tsx';

type Page = paths['/api/ledger/accounts/{account_id}/transfers']['get']['responses']['200']['content'];
export type Transfer = Page['application/json']['items'][number];

/** Lines of the book. Seen from one account, each has a direction and the balance after it. */
export function TransferTable({ lines, of, asset }: { lines: Transfer[]; of?: string; asset?: string }) {
  const { t } = useText();
  const format = useFormat();
  const amount = (value: string) => (asset ? <Amount value={value} asset={asset} /> : format.number(value));
  const seen: Column<Transfer>[] = of
    ? [
        {
          id: 'other',
          head: t('ledger.other_account'),
          cell: (line) => <AccountLink id={line.debit === of ? line.credit : line.debit} />,
        },
        {
          id: 'amount',
          head: t('ledger.amount'),
          end: true,
          cell: (line) => amount(line.debit === of ? `-${line.amount}` : line.amount),
        },
        {
          id: 'balance',
          head: t('ledger.balance'),
          end: true,
          cell: (line) => amount(line.debit === of ? line.debit_balance : line.credit_balance),
        },
      ]
    : [
        { id: 'debit', head: t('ledger.debit'), cell: (line) => <AccountLink id={line.debit} /> },
        { id: 'credit', head: t('ledger.credit'), cell: (line) => <AccountLink id={line.credit} /> },
        { id: 'amount', head: t('ledger.amount'), end: true, cell: (line) => amount(line.amount) },
      ];
  return (
    <Table
      label={t('ledger.transfers')}
      rows={lines}
      rowKey={(line) => line.transfer_id}
      empty={<EmptyState icon="receipt" title={t('ledger.no_transfers')} text={t('ledger.empty_text')} />}
      columns={[
        {
          id: 'code',
          head: t('ledger.reason'),
          main: true,
          cell: (line) => (
            <TextLink to={`/operate/ledger/ref/${line.ref}`} className="inline-block py-0.5">
              {line.code}
            </TextLink>
          ),
        },
        { id: 'at', head: t('ledger.recorded_at'), cell: (line) => format.dateTime(line.recorded_at) },
        ...seen,
      ]}
    />
  );
}

/** An account by the end of its id: enough to see that two are the same, and a way to it. */
function AccountLink({ id }: { id: string }) {
  return (
    <TextLink to={accountPath(id)} className="inline-block py-0.5">
      …{id.slice(-6)}
    </TextLink>
  );
}
