import type { paths } from '@souk/sdk/openapi';
import { useState } from 'react';
import { $api, PAGED } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import {
  Card,
  Coins,
  EmptyState,
  ErrorNote,
  Icon,
  More,
  Note,
  Page,
  Price,
  Section,
  Skeleton,
  Stat,
} from '../../ui/index.ts';
import { SplitBar } from '../gifts/index.ts';
import { TipLines } from '../tips/tip_lines.tsx';
import { DayLines } from './day_lines.tsx';

type Earnings = paths['/api/payouts/earnings']['get']['responses'][200]['content']['application/json'];
type Day = paths['/api/payouts/earnings/days']['get']['responses'][200]['content']['application/json']['items'][number];

/** `/studio/earnings`: what a person earned, each figure open down to its transfers. */
export default function EarningsPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  const earnings = $api.useQuery('get', '/api/payouts/earnings', {}, { enabled: me !== null });
  if (!me && !loading) {
    return (
      <Page title={t('payouts.title')} width="narrow">
        <SignedOut icon="chart" title={t('payouts.signed_out')} text={t('payouts.signed_out_text')} />
      </Page>
    );
  }
  return (
    <Page title={t('payouts.title')} intro={t('payouts.intro')}>
      {earnings.error && <ErrorNote error={earnings.error} onRetry={() => void earnings.refetch()} />}
      {earnings.isPending && <Skeleton className="h-40 rounded-xl" />}
      {earnings.data && <Balances earnings={earnings.data} />}
      <Section title={t('payouts.days')} text={t('payouts.days_text')}>
        <Days />
      </Section>
      {me && <TipLines />}
    </Page>
  );
}

function Balances({ earnings }: { earnings: Earnings }) {
  const { t } = useText();
  const format = useFormat();
  return (
    <div className="mb-10 grid gap-4">
      {earnings.balances.map(({ pending, available, owed, netted }) => (
        <Card key={pending.currency} className="grid grid-cols-2 gap-5 sm:grid-cols-3">
          <Stat label={t('payouts.pending')} value={<Price money={pending} />} note={t('payouts.pending_note')} />
          <Stat label={t('payouts.available')} value={<Price money={available} />} />
          {owed.amount !== '0' && (
            <Stat label={t('payouts.owed')} value={<Price money={owed} />} note={t('payouts.owed_note')} />
          )}
          {netted.amount !== '0' && (
            <Stat label={t('payouts.netted')} value={<Price money={netted} />} note={t('payouts.netted_note')} />
          )}
        </Card>
      ))}
      <Card className="flex items-center gap-4">
        <Icon name="clock" className="size-6 shrink-0 text-soft" />
        <div className="min-w-0">
          <p className="font-semibold">
            <Coins amount={earnings.waiting_coins} /> {t('payouts.waiting')}
          </p>
          <p className="text-soft text-sm">{t('payouts.waiting_text', { days: earnings.hold_days })}</p>
        </div>
      </Card>
      <Note>{t('payouts.no_rail', { minimum: format.money(earnings.minimum) })}</Note>
    </div>
  );
}

function Days() {
  const { t } = useText();
  const { me } = useSignedIn();
  const days = $api.useInfiniteQuery(
    'get',
    '/api/payouts/earnings/days',
    { params: { query: { limit: 20 } } },
    { ...PAGED, enabled: me !== null },
  );
  const items = days.data?.pages.flatMap((page) => page.items);
  if (days.error) return <ErrorNote error={days.error} onRetry={() => void days.refetch()} />;
  if (!items) return <Skeleton className="h-40 rounded-xl" />;
  if (items.length === 0) return <EmptyState icon="gift" title={t('payouts.none')} text={t('payouts.none_text')} />;
  return (
    <>
      <div className="grid gap-3">
        {items.map((day) => (
          <DayCard key={`${day.day_on}${day.total.currency}`} day={day} />
        ))}
      </div>
      <More show={days.hasNextPage} busy={days.isFetchingNextPage} onMore={() => void days.fetchNextPage()} />
    </>
  );
}

function DayCard({ day }: { day: Day }) {
  const { t } = useText();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="-m-2 flex w-[calc(100%+1rem)] items-center gap-4 rounded-lg p-2 text-left hover:bg-raised"
      >
        <span className="min-w-0 grow">
          <span className="block font-semibold">{format.date(`${day.day_on}T12:00:00`)}</span>
          <span className="block text-soft text-sm">
            {t('payouts.day_gifts', { n: day.gifts })} · <Coins amount={day.coins} />
          </span>
        </span>
        <Price money={day.creator} className="font-bold text-lg" />
        <Icon name={open ? 'up' : 'down'} className="size-5 shrink-0 text-soft" />
      </button>
      <SplitBar split={day} className="mt-4" />
      {open && <DayLines day_on={day.day_on} currency={day.total.currency} />}
    </Card>
  );
}
