import { useParams } from '@tanstack/react-router';
import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Button, Card, Coins, EmptyState, ErrorNote, Facts, Page, Price, Skeleton } from '../../ui/index.ts';

/** `/wallet/receipts/:id`: a receipt with its tax, made to be printed. */
export default function ReceiptPage() {
  const { t, locale } = useText();
  const format = useFormat();
  const { id = '' } = useParams({ strict: false });
  const { data, error, refetch } = $api.useQuery('get', '/api/wallet/receipts/{lot_id}', {
    params: { path: { lot_id: id } },
  });
  const missing = (error as { status?: number } | null)?.status === 404;
  return (
    <Page
      title={t('wallet.receipt')}
      back="/wallet"
      width="narrow"
      actions={
        data && (
          <Button icon="receipt" onClick={() => window.print()}>
            {t('wallet.print')}
          </Button>
        )
      }
    >
      {missing && (
        <EmptyState icon="receipt" title={t('wallet.receipt_missing')} text={t('wallet.receipt_missing_text')} />
      )}
      {error && !missing && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-96 rounded-xl" />}
      {data && (
        <Card>
          <Facts
            rows={[
              [t('wallet.receipt_number'), data.number],
              [t('wallet.receipt_date'), format.dateTime(data.issued_at)],
              [t('wallet.seller'), <SellerLines key="seller" {...data.seller} />],
              [t('wallet.buyer'), `${data.buyer.name} (@${data.buyer.handle})`],
            ]}
          />
          <div className="mt-5 border-line border-t pt-5">
            <Facts
              sum
              rows={[
                [t('wallet.coins'), <Coins key="coins" amount={data.coins} />],
                [t('wallet.net'), <Price key="net" money={data.net} />],
                [
                  t('wallet.vat_line', { name: data.tax_name[locale], rate: format.percent(data.vat_bps) }),
                  <Price key="vat" money={data.vat} />,
                ],
                [t('wallet.total'), <Price key="total" money={data.total} />],
              ]}
            />
          </div>
          <p className="mt-5 text-soft text-sm">{data.note[locale]}</p>
        </Card>
      )}
    </Page>
  );
}

/** Name and address, as a letter would have them. */
function SellerLines({ name, address }: { name: string; address: string }) {
  return <span className="whitespace-pre-line">{[name, address].filter(Boolean).join('\n')}</span>;
}
