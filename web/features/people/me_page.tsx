import { Navigate } from '@tanstack/react-router';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import { Loading, Page } from '../../ui/index.ts';

/** The way to one's own profile, for whoever has one. */
export default function MePage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  if (me) return <Navigate to={`/@${me.handle}`} replace />;
  return (
    <Page title={t('people.profile')} width="narrow" bare>
      {loading ? (
        <Loading className="py-20" />
      ) : (
        <SignedOut icon="user" title={t('people.nobody')} text={t('people.nobody_text')} />
      )}
    </Page>
  );
}
