import { useSignedIn } from './session.tsx';
import { SignedOut } from './signed_out.tsx';
import { EmptyState } from './ui/index.ts';

/** In place of what only staff may see: the way in for who is signed out, the reason for everybody else. */
export function StaffOnly({ title, text }: { title: string; text: string }) {
  const { me, loading } = useSignedIn();
  if (loading) return null;
  const Shown = me ? EmptyState : SignedOut;
  return <Shown icon="shield" title={title} text={text} />;
}
