import { type ComponentType, lazy, Suspense, useState } from 'react';
import type { SignInSheetProps } from '../feature.ts';
import { useSignInSheet } from '../session.tsx';

const found = import.meta.glob<{ default: ComponentType<SignInSheetProps> }>('../features/people/sign_in_sheet.tsx');
const load = Object.values(found)[0];
const SignInSheet = load && lazy(load);

/** The sign-in sheet, loaded when it is first needed and kept from then on. */
export function SignInSlot() {
  const { open, close, signedIn } = useSignInSheet();
  const [needed, setNeeded] = useState(false);
  if (open && !needed) setNeeded(true);
  if (!needed || !SignInSheet) return null;
  return (
    <Suspense fallback={null}>
      <SignInSheet open={open} onClose={close} onSignedIn={signedIn} />
    </Suspense>
  );
}
