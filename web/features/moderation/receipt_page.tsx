import { useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Button, Card, ErrorNote, Facts, Page, Skeleton, TextField } from '../../ui/index.ts';

/** What became of a report, for whoever has its number. */
export default function ReceiptPage() {
  const { t } = useText();
  const { id = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const [number, setNumber] = useState(id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ to: `/reports/${encodeURIComponent(number.trim())}` });
  };
  return (
    <Page title={t('moderation.your_report')} intro={t('moderation.your_report_intro')} width="narrow">
      <form onSubmit={submit} className="flex items-end gap-2">
        <TextField
          label={t('moderation.number')}
          value={number}
          onChange={setNumber}
          placeholder="report_…"
          autoCapitalize="off"
          autoComplete="off"
          maxLength={40}
          className="min-w-0 grow"
        />
        <Button tone="accent" submit disabled={number.trim() === ''}>
          {t('moderation.look_up')}
        </Button>
      </form>
      {id && <Found report_id={id} />}
    </Page>
  );
}

function Found({ report_id }: { report_id: string }) {
  const { t } = useText();
  const format = useFormat();
  const found = $api.useQuery('get', '/api/reports/{report_id}', { params: { path: { report_id } } });
  if (found.isPending) return <Skeleton className="mt-6 h-28 rounded-xl" />;
  if (found.error) return <ErrorNote error={{ code: 'report_unknown' }} className="mt-6" />;
  const { reported_at, decided_at, outcome } = found.data;
  return (
    <Card className="mt-6">
      <p className="mb-3 font-semibold">{t(`moderation.became_${outcome ?? 'open'}`)}</p>
      <Facts
        rows={[
          [t('moderation.reported_on'), format.dateTime(reported_at)],
          ...(decided_at ? ([[t('moderation.decided_on'), format.dateTime(decided_at)]] as const) : []),
        ]}
      />
    </Card>
  );
}
