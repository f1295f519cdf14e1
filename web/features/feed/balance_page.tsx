import { useState } from 'react';
import { $api, api, queryClient } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Card, EmptyState, ErrorNote, Loading, Page, Section, Table, toast, useProblemText } from '../../ui/index.ts';
import { StepChart } from '../rooms/step_chart.tsx';
import { setViewing, useViewing } from './viewing.ts';

/** `/balance`: how much of what is shown sells, one's own dial, and how the community fares beside it. */
export default function BalancePage() {
  const { t } = useText();
  const balance = useBalance();
  return (
    <Page title={t('balance.title')} intro={t('balance.text')}>
      <Dial />
      {balance.isPending && <Loading />}
      <ErrorNote error={balance.error} onRetry={() => void balance.refetch()} />
      {balance.data && <Figures data={balance.data} />}
    </Page>
  );
}

/** One's own dial. Guests keep it in their browser, everybody else with their account. */
function Dial() {
  const { t } = useText();
  const { me } = useSignedIn();
  const problemText = useProblemText();
  const viewing = useViewing();
  const kept = $api.useQuery('get', '/api/feed/dial', {}, { enabled: me !== null });
  const balance = useBalance();
  const [moved, setMoved] = useState<number | null>(null);
  if (!balance.data || (me && !kept.data)) return null;
  const { window, budgets, dial: usual } = balance.data;
  const dial = moved ?? (me ? kept.data?.dial : viewing.dial) ?? usual;
  const most = Math.floor(((budgets.at(-1)?.most ?? 0) * dial) / 100);
  const keep = async (next: number) => {
    if (me) {
      const { error } = await api.PUT('/api/feed/dial', { body: { dial: next } });
      if (error) return void toast({ title: problemText(error), tone: 'bad' });
      await kept.refetch();
    } else setViewing({ dial: next });
    // The feed that stands there was made for the dial before.
    queryClient.removeQueries({ queryKey: ['feed', 'for_you'] });
  };
  return (
    <Card className="mb-8">
      <label htmlFor="dial" className="block font-bold text-lg">
        {t('balance.dial')}
      </label>
      <p className="mt-1 text-soft">{t('balance.dial_text')}</p>
      <input
        id="dial"
        type="range"
        min={0}
        max={100}
        step={1}
        value={dial}
        aria-valuetext={t('balance.of', { n: most, window })}
        onChange={({ target }) => setMoved(Number(target.value))}
        onPointerUp={() => moved !== null && void keep(moved)}
        onKeyUp={() => moved !== null && void keep(moved)}
        className="mt-4 h-8 w-full accent-accent"
      />
      <p aria-live="polite" className="tabular font-semibold">
        {t('balance.of', { n: most, window })}
      </p>
    </Card>
  );
}

type Data = NonNullable<ReturnType<typeof useBalance>['data']>;
const useBalance = () => $api.useQuery('get', '/api/feed/balance', {}, { staleTime: 60_000 });
type Health = Data['health'][number];

const RATES = ['reports', 'blocks', 'comments', 'replies', 'returning'] as const;

function Figures({ data: { served, health, window } }: { data: Data }) {
  const { t } = useText();
  const format = useFormat();
  if (served.length === 0)
    return <EmptyState icon="chart" title={t('balance.nothing')} text={t('balance.nothing_text')} />;
  const share = served.map(({ day, items, sold }) => ({ at: day, value: items ? (window * sold) / items : 0 }));
  const tenths = (n: number) => format.number(Math.round(n * 10) / 10);
  const per_1000 = (one: Health, what: (typeof RATES)[number]) => tenths((1_000 * one[what]) / one.views);
  return (
    <>
      <Section title={t('balance.served')} text={t('balance.served_text', { window })}>
        <StepChart label={t('balance.served')} steps={share} look="bars" format={tenths} time={format.date} />
        <Table
          className="mt-4"
          label={t('balance.served')}
          rows={served.toReversed()}
          rowKey={({ day }) => day}
          columns={[
            { id: 'day', head: t('balance.day'), cell: ({ day }) => format.date(day), main: true },
            { id: 'items', head: t('balance.items'), cell: ({ items }) => format.number(items), end: true },
            { id: 'sold', head: t('balance.sold'), cell: ({ sold }) => format.number(sold), end: true },
          ]}
        />
      </Section>
      <Section title={t('balance.health')} text={t('balance.health_text')} className="mt-10">
        <Table
          label={t('balance.health')}
          rows={health.toReversed()}
          rowKey={({ day }) => day}
          empty={<p className="text-soft">{t('balance.no_views')}</p>}
          columns={[
            { id: 'day', head: t('balance.day'), cell: ({ day }: Health) => format.date(day), main: true },
            { id: 'views', head: t('balance.views'), cell: ({ views }: Health) => format.number(views), end: true },
            ...RATES.map((what) => ({
              id: what,
              head: t(`balance.${what}`),
              cell: (one: Health) => per_1000(one, what),
              end: true,
            })),
          ]}
        />
      </Section>
    </>
  );
}
