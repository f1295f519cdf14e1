import { useEffect, useRef } from 'react';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { ButtonLink, EmptyState, ErrorNote, Loading, Page } from '../../ui/index.ts';

/** Where the link of the mail leads: the secret stands behind the #, so that no log and no other site sees it. */
export default function VerifyPage() {
  const { t } = useText();
  const { refresh } = useSignedIn();
  const { mutate, isSuccess, error } = $api.useMutation('post', '/api/auth/verify-email', { onSuccess: refresh });
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    const token = location.hash.slice(1);
    history.replaceState(history.state, '', location.pathname);
    mutate({ body: { token: token || '-' } });
  }, [mutate]);
  return (
    <Page title={t('people.verify')} width="narrow" bare>
      {isSuccess && (
        <EmptyState
          icon="check"
          title={t('people.verified')}
          text={t('people.verified_text')}
          action={
            <ButtonLink to="/" tone="accent">
              {t('shell.go_home')}
            </ButtonLink>
          }
        />
      )}
      {error && (
        <div className="grid gap-4 py-10">
          <ErrorNote error={error} />
          <p className="text-soft">{t('people.verify_again')}</p>
          <ButtonLink to="/settings">{t('people.settings')}</ButtonLink>
        </div>
      )}
      {!isSuccess && !error && <Loading className="py-20" />}
    </Page>
  );
}
