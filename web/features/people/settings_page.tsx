import { useNavigate } from '@tanstack/react-router';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useLocale, useText } from '../../text.ts';
import { chooseTheme, type ThemeChoice, useTheme } from '../../theme.ts';
import { Button, ButtonLink, Choices, ErrorNote, Loading, Page, Section } from '../../ui/index.ts';
import { AccountSection } from './account_section.tsx';
import { useSelf } from './data.ts';
import { MutesSection, PrivacySection } from './privacy_section.tsx';
import { ProfileSection } from './profile_section.tsx';
import { SecuritySection } from './security_section.tsx';
import { BlocksSection, SessionsSection } from './sessions_section.tsx';

export default function SettingsPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  const self = useSelf();
  return (
    <Page title={t('people.settings')} width="narrow">
      <Looks />
      {loading && <Loading className="py-10" />}
      {self.error && <ErrorNote error={self.error} onRetry={() => void self.refetch()} />}
      {me && self.data && (
        <>
          <ProfileSection self={self.data} />
          <PrivacySection self={self.data} />
          <AccountSection self={self.data} />
          <SecuritySection />
          <NoticesSection />
          <SessionsSection />
          <MutesSection />
          <BlocksSection />
          <SignOut />
        </>
      )}
      {!me && !loading && <SignedOut icon="user" title={t('people.nobody')} text={t('people.nobody_text')} />}
    </Page>
  );
}

function NoticesSection() {
  const { t } = useText();
  return (
    <Section title={t('notices.settings')} text={t('notices.link_text')}>
      <ButtonLink icon="bell" to="/settings/notices">
        {t('notices.settings')}
      </ButtonLink>
    </Section>
  );
}

const THEMES: ThemeChoice[] = ['dark', 'light', 'system'];

/** Language and theme: of this browser, signed in or not. The language of mails follows it. */
function Looks() {
  const { t } = useText();
  const { me } = useSignedIn();
  const [locale, setLocale] = useLocale();
  const theme = useTheme();
  const keep = $api.useMutation('patch', '/api/people/me');
  const choose = (next: 'de' | 'en') => {
    setLocale(next);
    if (me) keep.mutate({ body: { locale: next } });
  };
  return (
    <Section title={t('people.looks')}>
      <div className="grid gap-5">
        <Choices
          label={t('people.language')}
          look="chips"
          value={locale}
          onChange={choose}
          choices={[
            { value: 'de', label: 'Deutsch' },
            { value: 'en', label: 'English' },
          ]}
        />
        <Choices
          label={t('people.theme')}
          look="chips"
          value={theme}
          onChange={chooseTheme}
          choices={THEMES.map((choice) => ({ value: choice, label: t(`shell.theme_${choice}`) }))}
        />
      </div>
    </Section>
  );
}

function SignOut() {
  const { t } = useText();
  const { refresh } = useSignedIn();
  const navigate = useNavigate();
  const signOut = $api.useMutation('post', '/api/auth/sign-out', {
    onSuccess: async () => {
      await navigate({ to: '/' });
      await refresh();
    },
  });
  return (
    <div className="mt-10 border-line border-t pt-6">
      <ErrorNote error={signOut.error} className="mb-4" />
      <Button icon="out" busy={signOut.isPending} onClick={() => signOut.mutate({})}>
        {t('people.sign_out')}
      </Button>
    </div>
  );
}
