import { useParams } from '@tanstack/react-router';
import { $api } from '../../api.ts';
import { type Money, useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import {
  Badge,
  type BadgeTone,
  Card,
  Coins,
  type Column,
  EmptyState,
  ErrorNote,
  Facts,
  Page,
  Price,
  Section,
  Skeleton,
  Table,
  TextLink,
} from '../../ui/index.ts';
import type { Receipt } from './data.ts';
import { GiftArt } from './gift_art.tsx';
import { RecomputeButton } from './recompute_button.tsx';
import { SplitBar } from './split_bar.tsx';

/** `/gifts/:id`: what a gift came to, and everything needed to compute it again. */
export default function ReceiptPage() {
  const { t } = useText();
  const { id = '' } = useParams({ strict: false });
  const { data, error, refetch } = $api.useQuery('get', '/api/gifts/{gift_id}', { params: { path: { gift_id: id } } });
  const missing = (error as { status?: number } | null)?.status === 404;
  return (
    <Page title={t('gifts.receipt')} back width="narrow">
      {missing && (
        <EmptyState icon="receipt" title={t('gifts.receipt_missing')} text={t('gifts.receipt_missing_text')} />
      )}
      {error && !missing && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-96 rounded-xl" />}
      {data && <Paper receipt={data} />}
    </Page>
  );
}

const TONES: Record<Receipt['state'], BadgeTone> = {
  sent: 'plain',
  settled: 'good',
  returned: 'plain',
  reversed: 'bad',
};

function Paper({ receipt }: { receipt: Receipt }) {
  const { t } = useText();
  const format = useFormat();
  const { gift, count, coins, state, sender, receiver, splits, share } = receipt;
  const rows = [
    [t('gifts.from'), <Who key="from" person={sender} />],
    [t('gifts.to'), <Who key="to" person={receiver} />],
    [t('gifts.at'), format.dateTime(receipt.sent_at)],
    [
      state === 'sent' ? t('gifts.settles_at') : t(`gifts.closed_${state}`),
      format.dateTime(receipt.closed_at ?? receipt.settle_at),
    ],
    [t('gifts.share'), `${share.share_id} · ${format.percent(share.platform_bps)}`],
  ] as const;
  return (
    <>
      <Card>
        <div className="mb-5 flex items-center gap-4">
          <GiftArt gift={gift} moving className="size-20 shrink-0" />
          <div className="min-w-0 grow">
            <p className="font-bold text-lg">{t('gifts.pieces', { n: count, name: t(`gifts.name_${gift}`) })}</p>
            <Coins amount={coins} />
          </div>
          <Badge tone={TONES[state]}>{t(`gifts.state_${state}`)}</Badge>
        </div>
        <Facts rows={rows} />
        {splits.map((split) => (
          <div key={split.total.currency} className="mt-5 border-line border-t pt-4">
            <div className="mb-2 flex items-baseline justify-between font-bold">
              <span>{t('gifts.paid')}</span>
              <Price money={split.total} />
            </div>
            <SplitBar split={split} />
            {BigInt(split.total.amount) < 10n && <p className="mt-3 text-soft text-sm">{t('gifts.rounding')}</p>}
          </div>
        ))}
        {receipt.parts.length > 0 && <RecomputeButton receipt={receipt} />}
      </Card>
      <Section title={t('gifts.parts')} text={t('gifts.parts_text')}>
        <Table
          label={t('gifts.parts')}
          columns={usePartColumns()}
          rows={receipt.parts}
          rowKey={(part) => `${part.lot.lot_id}${part.lot_from}`}
        />
      </Section>
      <Section title={t('gifts.transfers')} text={t('gifts.transfers_text')}>
        <Table
          label={t('gifts.transfers')}
          columns={useTransferColumns()}
          rows={receipt.transfers}
          rowKey={(line) => line.transfer_id}
        />
      </Section>
    </>
  );
}

function Who({ person }: { person: Receipt['sender'] }) {
  const { t } = useText();
  if (!person) return t('gifts.someone');
  return <TextLink to={`/@${person.handle}`}>{person.name}</TextLink>;
}

function usePartColumns(): Column<Receipt['parts'][number]>[] {
  const { t } = useText();
  const format = useFormat();
  const money = (of: (part: Receipt['parts'][number]) => Money) => (part: Receipt['parts'][number]) =>
    format.money(of(part));
  return [
    {
      id: 'lot',
      head: t('gifts.purchase'),
      main: true,
      cell: ({ lot }) =>
        t('gifts.purchase_of', { n: Number(lot.coins), net: format.money(lot.net), vat: format.money(lot.vat) }),
    },
    {
      id: 'coins',
      head: t('gifts.coins'),
      end: true,
      cell: ({ lot_from, lot_to }) => `${format.number(lot_from)}–${format.number(lot_to)}`,
    },
    { id: 'creator', head: t('gifts.part_creator'), end: true, cell: money((part) => part.creator) },
    { id: 'platform', head: t('gifts.part_platform'), end: true, cell: money((part) => part.platform) },
    { id: 'vat', head: t('gifts.part_vat'), end: true, cell: money((part) => part.vat) },
  ];
}

function useTransferColumns(): Column<Receipt['transfers'][number]>[] {
  const { t, has } = useText();
  const format = useFormat();
  const account = (kind: string) => {
    const id = `gifts.account_${kind.split(/[:.]/).slice(0, 2).join('_')}`;
    const short = `gifts.account_${kind.split(/[:.]/)[0]}`;
    return has(id) ? t(id) : has(short) ? t(short) : kind;
  };
  return [
    {
      id: 'move',
      head: t('gifts.move'),
      main: true,
      cell: ({ debit, credit }) => `${account(debit)} → ${account(credit)}`,
    },
    {
      id: 'amount',
      head: t('gifts.amount'),
      end: true,
      cell: ({ amount, asset }) =>
        asset === 'COIN' ? <Coins amount={amount} /> : <Price money={{ amount, currency: asset }} />,
    },
    { id: 'seq', head: t('gifts.seq'), end: true, wideOnly: true, cell: ({ seq }) => format.number(seq) },
  ];
}
