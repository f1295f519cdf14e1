import { useState } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, ButtonLink, EmptyState, ErrorNote, Page } from '../../ui/index.ts';

/** Where the link at the foot of a mail leads, signed out too. Looking ends nothing: mail servers follow links. */
export default function UnsubscribePage() {
  const { t, locale } = useText();
  const [token] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const end = $api.useMutation('post', '/api/notices/unsubscribe');
  const press = () => end.mutate({ params: { query: { token: token || '-', locale } } });
  return (
    <Page title={t('notices.unsubscribe')} width="narrow" bare>
      <EmptyState
        icon={end.data ? 'check' : 'bell'}
        title={end.data ? t('notices.unsubscribed', { name: end.data.name }) : t('notices.unsubscribe_title')}
        text={end.data ? t('notices.unsubscribed_text') : t('notices.unsubscribe_text')}
        action={
          end.data ? (
            <ButtonLink to="/settings/notices">{t('notices.settings')}</ButtonLink>
          ) : (
            <Button tone="accent" busy={end.isPending} onClick={press}>
              {t('notices.unsubscribe_press')}
            </Button>
          )
        }
      />
      <ErrorNote error={end.error} />
    </Page>
  );
}
