import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useInstance } from '../../instance.ts';
import { keepInvite } from '../../invite.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, ButtonLink, EmptyState, Page } from '../../ui/index.ts';

/** The link of an invitation: keeps its code for the sign-up form. */
export default function InvitePage() {
  const { t } = useText();
  const { code = '' } = useParams({ strict: false });
  const { me, askSignIn } = useSignedIn();
  const name = useInstance()?.name ?? 'Souk';
  useEffect(() => keepInvite(code), [code]);
  return (
    <Page title={t('instance.invited')} bare width="narrow">
      <EmptyState
        icon="users"
        title={t('instance.invited_to', { name })}
        text={t(me ? 'instance.invited_already' : 'instance.invited_text')}
        action={
          me ? (
            <ButtonLink to="/" tone="accent">
              {t('instance.look_around')}
            </ButtonLink>
          ) : (
            <Button tone="accent" onClick={askSignIn}>
              {t('people.sign_up')}
            </Button>
          )
        }
      />
    </Page>
  );
}
