import type { paths } from '@souk/sdk/openapi';
import { useState } from 'react';
import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, ButtonLink, ErrorNote, Facts, List, ListRow, Note, Sheet, Skeleton } from '../../ui/index.ts';
import { DecisionSheet } from './decision_sheet.tsx';

type Detail = paths['/api/moderation/cases/{case_id}']['get']['responses']['200']['content']['application/json'];

interface CaseSheetProps {
  item: { case_id: string; title: string } | null;
  onClose: () => void;
}

/** A case: what was reported and why, and what was decided. */
export function CaseSheet({ item, onClose }: CaseSheetProps) {
  const { t } = useText();
  const [deciding, setDeciding] = useState(false);
  const found = $api.useQuery(
    'get',
    '/api/moderation/cases/{case_id}',
    { params: { path: { case_id: item?.case_id ?? '' } } },
    { enabled: item !== null },
  );
  const detail = found.data;
  return (
    <>
      <Sheet
        open={item !== null && !deciding}
        onClose={onClose}
        title={item?.title ?? ''}
        foot={
          detail &&
          !detail.decided_at && (
            <Button tone="accent" wide onClick={() => setDeciding(true)}>
              {t('moderation.decide')}
            </Button>
          )
        }
      >
        <ErrorNote error={found.error} onRetry={() => void found.refetch()} />
        {found.isPending && item && <Skeleton className="h-40 rounded-md" />}
        {detail && <CaseBody detail={detail} />}
      </Sheet>
      {item && detail && (
        <DecisionSheet
          subject={detail.subject}
          name={detail.title}
          open={deciding}
          onClose={() => setDeciding(false)}
          onDecided={onClose}
        />
      )}
    </>
  );
}

function CaseBody({ detail }: { detail: Detail }) {
  const { t, locale } = useText();
  const format = useFormat();
  const market = $api.useQuery(
    'get',
    '/api/markets/{market}',
    { params: { path: { market: 'DE' } } },
    { staleTime: Number.POSITIVE_INFINITY },
  );
  const nameOf = (reason: string) =>
    market.data?.report_reasons.find((known) => known.reason === reason)?.label[locale] ?? reason;
  return (
    <div className="grid gap-5">
      {detail.path ? (
        <ButtonLink to={detail.path} size="sm" icon="external" className="justify-self-start">
          {t('moderation.see_it')}
        </ButtonLink>
      ) : (
        <Note>{t('moderation.gone')}</Note>
      )}
      {detail.decision && <Verdict decision={detail.decision} owner={detail.owner?.person_id} />}
      <section>
        <h3 className="font-semibold">{t('moderation.reports')}</h3>
        <List label={t('moderation.reports')}>
          {detail.reports.map((report) => (
            <ListRow
              key={report.report_id}
              title={nameOf(report.reason)}
              text={
                <>
                  <span className="block">
                    {report.reporter ? `@${report.reporter.handle}` : t('moderation.signed_out')} ·{' '}
                    {format.ago(report.reported_at)}
                  </span>
                  {report.place && <span className="block break-all">{report.place}</span>}
                  {report.details && (
                    <span className="mt-1 block whitespace-pre-line break-words text-ink">{report.details}</span>
                  )}
                </>
              }
            />
          ))}
        </List>
        {detail.reports.length === 0 && <p className="text-soft text-sm">{t('moderation.no_reports')}</p>}
      </section>
    </div>
  );
}

function Verdict({ decision, owner }: { decision: NonNullable<Detail['decision']>; owner: string | undefined }) {
  const { t } = useText();
  const { me } = useSignedIn();
  const format = useFormat();
  const lift = $api.useMutation('post', '/api/moderation/lifts');
  const until = decision.suspended_until;
  const runs = until !== null && decision.lifted_at === null && new Date(until) > new Date();
  return (
    <Note icon="shield">
      <Facts
        rows={[
          [t('moderation.outcome'), t(`moderation.${decision.outcome}`)],
          ...(decision.take_down ? ([[t('moderation.measure'), t('moderation.taken_down')]] as const) : []),
          ...(until ? ([[t('moderation.suspended_until'), format.dateTime(until)]] as const) : []),
          [t('moderation.decided_by'), decision.decided_by ? `@${decision.decided_by.handle}` : '–'],
        ]}
      />
      <p className="mt-3 whitespace-pre-line break-words">{decision.reason}</p>
      <ErrorNote error={lift.error} className="mt-3" />
      {runs && owner && me && owner !== me.person_id && !lift.isSuccess && (
        <Button
          size="sm"
          className="mt-3"
          busy={lift.isPending}
          onClick={() => lift.mutate({ body: { person_id: owner, reason: t('moderation.lifted_reason') } })}
        >
          {t('moderation.lift')}
        </Button>
      )}
      {(lift.isSuccess || decision.lifted_at) && <p className="mt-3 font-semibold">{t('moderation.lifted')}</p>}
    </Note>
  );
}
