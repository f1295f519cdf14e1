import { Navigate } from '@tanstack/react-router';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, EmptyState, Loading, Page } from '../../ui/index.ts';

/** The way to one's own profile, for whoever has one. */
export default function MePage() {
  const { t } = useText();
  const { me, loading, askSignIn } = useSignedIn();
  if (me) return <Navigate to={`/@${me.handle}`} replace />;
  return (
    <Page title={t('people.profile')} width="narrow" bare>
      {loading ? (
        <Loading className="py-20" />
      ) : (
        <EmptyState
          icon="user"
          title={t('people.nobody')}
          text={t('people.nobody_text')}
          action={
            <Button tone="accent" onClick={askSignIn}>
              {t('people.join')}
            </Button>
          }
        />
      )}
    </Page>
  );
}
