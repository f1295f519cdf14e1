import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, ErrorNote, Note, Select, Sheet, TextArea, TextLink } from '../../ui/index.ts';

interface ReportSheetProps {
  /** `room_…`, `line_…`, `person_…` or `product_…` */
  subject: string;
  /** What it is called. */
  name: string;
  open: boolean;
  onClose: () => void;
}

/** Anyone can report, signed out too. The receipt says that it arrived and lets one ask what became of it. */
export function ReportSheet({ subject, name, open, onClose }: ReportSheetProps) {
  const { t, locale } = useText();
  const { me } = useSignedIn();
  const market = $api.useQuery(
    'get',
    '/api/markets/{market}',
    { params: { path: { market: (me?.market ?? 'DE') as 'DE' } } },
    { enabled: open, staleTime: Number.POSITIVE_INFINITY },
  );
  const [reason, setReason] = useState('');
  const [details, setDetails] = useState('');
  const report = $api.useMutation('post', '/api/reports');
  const reasons = market.data?.report_reasons ?? [];
  const close = () => {
    report.reset();
    setReason('');
    setDetails('');
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    report.mutate({ body: { subject, reason, details, place: location.pathname } });
  };
  return (
    <Sheet
      open={open}
      onClose={close}
      title={t('moderation.report_title', { name })}
      description={t('moderation.report_text')}
    >
      {report.data ? (
        <div className="grid gap-4">
          <Note tone="good" icon="check">
            <p className="font-semibold">{t('moderation.reported')}</p>
            <p className="mt-1 break-all">{t('moderation.receipt', { id: report.data.report_id })}</p>
            <p className="mt-1">
              <TextLink to={`/reports/${report.data.report_id}`}>{t('moderation.look_up')}</TextLink>
            </p>
          </Note>
          <Button wide onClick={close}>
            {t('ui.close')}
          </Button>
        </div>
      ) : (
        <form onSubmit={submit} className="grid gap-4">
          <ErrorNote error={report.error ?? market.error} />
          <Select
            label={t('moderation.reason')}
            required
            value={reason}
            onChange={setReason}
            choices={[
              { value: '', label: t('moderation.choose_reason') },
              ...reasons.map((known) => ({ value: known.reason, label: known.label[locale] })),
            ]}
          />
          <TextArea
            label={t('moderation.details')}
            hint={t('moderation.details_hint')}
            optional
            rows={3}
            maxLength={2000}
            value={details}
            onChange={setDetails}
          />
          <Button tone="accent" wide submit busy={report.isPending}>
            {t('moderation.send_report')}
          </Button>
        </form>
      )}
    </Sheet>
  );
}
