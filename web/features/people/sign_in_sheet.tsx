import { useState } from 'react';
import type { SignInSheetProps } from '../../feature.ts';
import { useText } from '../../text.ts';
import { Button, Sheet } from '../../ui/index.ts';
import { ForgottenForm } from './forgotten_form.tsx';
import { SecondFactorForm } from './second_factor_form.tsx';
import { SignInForm } from './sign_in_form.tsx';
import { SignUpForm } from './sign_up_form.tsx';

type Face = 'sign_in' | 'sign_up' | 'forgotten' | 'second_factor';

/** Asked only when a deed needs a person; the deed then completes. */
export default function SignInSheet({ open, onClose, onSignedIn }: SignInSheetProps) {
  const { t } = useText();
  const [face, setFace] = useState<Face>('sign_up');
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={t(`people.${face}_title`)}
      description={t(`people.${face}_text`)}
      foot={
        <Button tone="quiet" size="sm" wide onClick={() => setFace(face === 'sign_up' ? 'sign_in' : 'sign_up')}>
          {t(face === 'sign_up' ? 'people.to_sign_in' : 'people.to_sign_up')}
        </Button>
      }
    >
      {face === 'sign_in' && (
        <SignInForm
          onSignedIn={onSignedIn}
          onForgotten={() => setFace('forgotten')}
          onSecondFactor={() => setFace('second_factor')}
        />
      )}
      {face === 'second_factor' && <SecondFactorForm onSignedIn={onSignedIn} onBack={() => setFace('sign_in')} />}
      {face === 'sign_up' && <SignUpForm onSignedIn={onSignedIn} />}
      {face === 'forgotten' && <ForgottenForm onBack={() => setFace('sign_in')} />}
    </Sheet>
  );
}
