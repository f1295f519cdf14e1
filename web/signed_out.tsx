import { useSignedIn } from './session.tsx';
import { useText } from './text.ts';
import { Button, EmptyState, type IconName } from './ui/index.ts';

/** In place of what needs a person: what would stand here, and the way in. */
export function SignedOut({ icon, title, text }: { icon: IconName; title: string; text: string }) {
  const { t } = useText();
  const { askSignIn } = useSignedIn();
  return (
    <EmptyState
      icon={icon}
      title={title}
      text={text}
      action={
        <Button tone="accent" onClick={askSignIn}>
          {t('shell.sign_in')}
        </Button>
      }
    />
  );
}
