import { useState } from 'react';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, ButtonLink, EmptyState, ErrorNote, Page } from '../../ui/index.ts';

/** Where the link in the new mailbox leads. A press and not the mere opening changes it: mail scanners open links. */
export default function ChangeEmailPage() {
  const { t } = useText();
  const { refresh } = useSignedIn();
  const [token] = useState(() => location.hash.slice(1));
  const change = $api.useMutation('post', '/api/auth/change-email', { onSuccess: refresh });
  return (
    <Page title={t('people.change_email')} width="narrow" bare>
      <ErrorNote error={change.error} className="mt-8" />
      {change.isSuccess ? (
        <EmptyState
          icon="check"
          title={t('people.email_changed')}
          text={t('people.email_changed_text')}
          action={
            <ButtonLink to="/settings" tone="accent">
              {t('people.settings')}
            </ButtonLink>
          }
        />
      ) : (
        <EmptyState
          icon="user"
          title={t('people.change_email')}
          text={t('people.change_email_confirm')}
          action={
            <Button
              tone="accent"
              busy={change.isPending}
              onClick={() => change.mutate({ body: { token: token || '-' } })}
            >
              {t('people.change_email_do')}
            </Button>
          }
        />
      )}
    </Page>
  );
}
