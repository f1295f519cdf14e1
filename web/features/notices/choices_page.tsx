import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import { Button, Checkbox, ErrorNote, Note, Page, Section, Skeleton } from '../../ui/index.ts';
import { type Channel, type Kind, type NoticeSettings, useNoticeSettings } from './data.ts';
import { PushSection } from './push_section.tsx';
import { QuietSection } from './quiet_section.tsx';

/** What one wants to be told, and where. */
export default function ChoicesPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  const { settings } = useNoticeSettings();
  const { data } = settings;
  return (
    <Page title={t('notices.settings')} intro={t('notices.settings_text')} width="narrow" back="/settings">
      {!me && !loading && <SignedOut icon="bell" title={t('notices.settings')} text={t('notices.signed_out')} />}
      <ErrorNote error={settings.error} onRetry={() => void settings.refetch()} />
      {(loading || (me && settings.isPending)) && <Skeleton className="h-96 rounded-xl" />}
      {me && data && (
        <>
          <MailNote mail={data.mail} />
          <PushSection />
          <QuietSection key={data.zone + JSON.stringify(data.quiet)} zone={data.zone} quiet={data.quiet} />
          {[...Map.groupBy(data.notices, (notice) => notice.category)].map(([category, kinds]) => (
            <Section key={category} title={t(`notices.category_${category}`)}>
              <ul className="divide-y divide-line/70">
                {kinds.map((kind) => (
                  <KindRow key={kind.kind} kind={kind} />
                ))}
              </ul>
            </Section>
          ))}
        </>
      )}
    </Page>
  );
}

/** One notice: its name, and a box for each way it can take. */
function KindRow({ kind }: { kind: Kind }) {
  const { t } = useText();
  const { onSuccess, asked } = useNoticeSettings();
  const choose = $api.useMutation('put', '/api/notices/settings/choices', { onSuccess });
  const set = (channel: Channel, wanted: boolean) =>
    choose.mutate({ ...asked, body: { choices: [{ kind: kind.kind, channel, wanted }] } });
  /** Shown as it will be, until the answer says how it is. */
  const pending = choose.isPending ? choose.variables.body.choices[0] : undefined;
  return (
    <li className="py-3.5">
      <fieldset className="min-w-0">
        <legend className="font-semibold">{kind.name}</legend>
        {kind.why && <p className="mt-0.5 text-soft text-sm">{kind.why}</p>}
        <div className="mt-2.5 flex flex-wrap gap-x-6 gap-y-2.5">
          {kind.channels.map(({ channel, on, mandatory }) => (
            <Checkbox
              key={channel}
              label={t(`notices.channel_${channel}`)}
              checked={pending?.channel === channel ? pending.wanted : on}
              disabled={mandatory}
              onChange={(wanted) => set(channel, wanted)}
            />
          ))}
        </div>
        <ErrorNote error={choose.error} className="mt-3" />
      </fieldset>
    </li>
  );
}

/** Mail to this person comes back: why, and the way to try again. */
function MailNote({ mail }: { mail: NoticeSettings['mail'] }) {
  const { t } = useText();
  const format = useFormat();
  const { onSuccess, asked } = useNoticeSettings();
  const again = $api.useMutation('delete', '/api/notices/settings/suppression', { onSuccess });
  if (!mail.suppressed) return null;
  return (
    <div className="mb-8 grid gap-3" role="status">
      <Note icon="alert">
        <p className="font-semibold">
          {t('notices.mail_back', { address: mail.address, since: format.date(mail.suppressed.since_at) })}
        </p>
        <p className="mt-0.5">{t(`notices.mail_back_${mail.suppressed.reason}`)}</p>
        <Button size="sm" className="mt-3" busy={again.isPending} onClick={() => again.mutate(asked)}>
          {t('notices.mail_again')}
        </Button>
      </Note>
      <ErrorNote error={again.error} />
    </div>
  );
}
