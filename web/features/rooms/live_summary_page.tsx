import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { $api, api, queryClient } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import {
  Button,
  ButtonLink,
  Card,
  Coins,
  Dialog,
  ErrorNote,
  Loading,
  Note,
  Page,
  Price,
  Section,
  Stat,
  Table,
  toast,
} from '../../ui/index.ts';
import type { LiveSummary } from './data.ts';
import { StepChart } from './step_chart.tsx';

/** `/studio/lives/:id`: what came of a live, for its host. */
export default function LiveSummaryPage() {
  const { t } = useText();
  const { id = '' } = useParams({ strict: false });
  const { me, loading } = useSignedIn();
  const summary = $api.useQuery(
    'get',
    '/api/rooms/{room_id}/summary',
    { params: { path: { room_id: id } } },
    { enabled: me !== null },
  );
  if (loading || (me && summary.isPending)) return <Loading />;
  if (summary.data) return <Summary summary={summary.data} />;
  return (
    <Page title={t('lives.summary')} back="/studio">
      {!me && <SignedOut icon="chart" title={t('lives.summary')} text={t('lives.summary_sign_in')} />}
      <ErrorNote error={summary.error} onRetry={() => void summary.refetch()} />
    </Page>
  );
}

const COLUMNS = ['viewers', 'gifts', 'sales', 'followers', 'lines'] as const;

function Summary({ summary }: { summary: LiveSummary }) {
  const { t } = useText();
  const format = useFormat();
  const { room, steps, step_s } = summary;
  const live = room.state !== 'ended';
  return (
    <Page title={room.title} intro={room.started_at ? format.dateTime(room.started_at) : undefined} back="/studio">
      {live && <Note className="mb-6">{t('lives.summary_running')}</Note>}
      {!live && (
        <div className="mb-6 flex flex-wrap gap-2">
          <ReplayDeeds room_id={room.room_id} />
        </div>
      )}
      <Totals summary={summary} />
      <p className="mt-8 text-soft text-sm">{t('lives.step', { n: step_s / 60 })}</p>
      {COLUMNS.map((column) => (
        <Section key={column} title={t(`lives.chart_${column}`)} className="!mt-6">
          {steps.every((step) => step[column] === 0) ? (
            <p className="text-soft">{t('lives.chart_none')}</p>
          ) : (
            <Card>
              <StepChart
                label={t(`lives.chart_${column}`)}
                look={column === 'viewers' ? 'line' : 'bars'}
                steps={steps.map((step) => ({ at: step.at, value: step[column] }))}
                format={format.compact}
                time={(at) => (at ? format.time(at) : '')}
              />
            </Card>
          )}
        </Section>
      ))}
      <details className="mt-8">
        <summary className="min-h-11 cursor-pointer py-2 font-semibold">{t('lives.as_table')}</summary>
        <Table
          label={t('lives.summary')}
          rows={steps}
          rowKey={({ at }) => at}
          columns={[
            { id: 'at', head: t('lives.time_of_day'), cell: ({ at }) => format.time(at), main: true },
            ...COLUMNS.map((id) => ({
              id,
              head: t(`lives.chart_${id}`),
              cell: (step: LiveSummary['steps'][number]) => format.number(step[id]),
              end: true,
            })),
          ]}
        />
      </details>
    </Page>
  );
}

function Totals({ summary: { totals } }: { summary: LiveSummary }) {
  const { t } = useText();
  const format = useFormat();
  return (
    <Card className="grid grid-cols-2 gap-x-5 gap-y-6 sm:grid-cols-3 lg:grid-cols-4">
      <Stat label={t('lives.lasted')} value={format.duration(totals.watched_s)} />
      <Stat
        label={t('lives.viewers_peak')}
        value={format.number(totals.viewers_peak)}
        note={t('lives.viewers_average', { n: format.number(totals.viewers_average) })}
      />
      <Stat
        label={t('lives.chart_gifts')}
        value={<Coins amount={totals.gift_coins} />}
        note={t('lives.gifts_of', { n: totals.gifts, people: totals.supporters })}
      />
      <Stat
        label={t('lives.chart_sales')}
        value={format.number(totals.sales)}
        note={
          <>
            {totals.revenue.map((money) => (
              <Price key={money.currency} money={money} className="block" />
            ))}
            {t('lives.buyers', { n: totals.buyers })}
          </>
        }
      />
      <Stat label={t('lives.chart_followers')} value={format.number(totals.followers)} note={t('lives.still_follow')} />
      <Stat label={t('lives.likes')} value={format.number(totals.likes)} />
      <Stat label={t('lives.chart_lines')} value={format.number(totals.lines)} />
    </Card>
  );
}

function ReplayDeeds({ room_id }: { room_id: string }) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const path = { room_id };
  const room = $api.useQuery('get', '/api/rooms/{room_id}', { params: { path } });
  if (!room.data) return null;
  if (room.data.stream.replay.length === 0) return <p className="text-soft text-sm">{t('lives.replay_gone')}</p>;
  const remove = async () => {
    setBusy(true);
    const answer = await api.DELETE('/api/rooms/{room_id}/replay', { params: { path } });
    setBusy(false);
    setError(answer.error ?? null);
    if (answer.error) return;
    setAsking(false);
    toast({ title: t('lives.replay_deleted'), tone: 'good' });
    await queryClient.invalidateQueries();
  };
  return (
    <>
      <ButtonLink to={`/live/${room_id}`} icon="play">
        {t('rooms.watch_replay')}
      </ButtonLink>
      <Button tone="danger" icon="trash" onClick={() => setAsking(true)}>
        {t('lives.delete_replay')}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('lives.delete_replay_title')}
        confirm={t('lives.delete_replay')}
        onConfirm={() => void remove()}
        busy={busy}
        danger
      >
        <p>{t('lives.delete_replay_text')}</p>
        <ErrorNote error={error} />
      </Dialog>
    </>
  );
}
