import { useState } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, Checkbox, ErrorNote, Section, TextField } from '../../ui/index.ts';
import { useNoticeSettings } from './data.ts';

const NIGHT = { from: '22:00', until: '07:00' };

/** Hours in which the phone stays silent, in the zone of this browser. */
export function QuietSection({ zone, quiet }: { zone: string; quiet: { from: string; until: string } | null }) {
  const { t } = useText();
  const { onSuccess, asked } = useNoticeSettings();
  const [hours, setHours] = useState(quiet ?? NIGHT);
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const save = $api.useMutation('put', '/api/notices/settings/quiet-hours', { onSuccess });
  const put = (next: typeof quiet) => save.mutate({ ...asked, body: { zone: here, quiet: next } });
  const changed = quiet && (hours.from !== quiet.from || hours.until !== quiet.until || zone !== here);
  return (
    <Section title={t('notices.quiet')} text={t('notices.quiet_text')}>
      <Checkbox
        kind="switch"
        label={t('notices.quiet_on')}
        checked={quiet !== null}
        disabled={save.isPending}
        onChange={(on) => put(on ? hours : null)}
      />
      {quiet && (
        <form
          className="mt-4 flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            put(hours);
          }}
        >
          <TextField
            className="w-32"
            type="time"
            label={t('notices.quiet_from')}
            value={hours.from}
            onChange={(from) => setHours({ ...hours, from })}
          />
          <TextField
            className="w-32"
            type="time"
            label={t('notices.quiet_until')}
            value={hours.until}
            onChange={(until) => setHours({ ...hours, until })}
          />
          {changed && (
            <Button tone="accent" submit busy={save.isPending}>
              {t('notices.quiet_save')}
            </Button>
          )}
          <p className="basis-full text-soft text-sm">{t('notices.quiet_zone', { zone: zone.replaceAll('_', ' ') })}</p>
        </form>
      )}
      <ErrorNote error={save.error} className="mt-3" />
    </Section>
  );
}
