import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, ErrorNote, TextField } from '../../ui/index.ts';
import { hasPasskeys, isDeclined, signInWithPasskey } from './passkeys.ts';

interface SignInFormProps {
  onSignedIn: () => Promise<void>;
  onForgotten: () => void;
  /** The password was right, and a code is asked for. */
  onSecondFactor: () => void;
}

export function SignInForm({ onSignedIn, onForgotten, onSecondFactor }: SignInFormProps) {
  const { t } = useText();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = $api.useMutation('post', '/api/auth/sign-in', {
    onSuccess: async ({ second_factor }) => (second_factor ? onSecondFactor() : onSignedIn()),
  });
  const byPasskey = useMutation({ mutationFn: signInWithPasskey, onSuccess: onSignedIn });
  const declined = byPasskey.error !== null && isDeclined(byPasskey.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ body: { email, password } });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <ErrorNote error={signIn.error ?? (declined ? null : byPasskey.error)} />
      <TextField label={t('people.email')} type="email" autoComplete="username" value={email} onChange={setEmail} />
      <TextField
        label={t('people.password')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <Button tone="accent" wide submit busy={signIn.isPending}>
        {t('people.sign_in')}
      </Button>
      {hasPasskeys() && (
        <Button wide icon="lock" busy={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
          {t('people.with_passkey')}
        </Button>
      )}
      <Button tone="quiet" size="sm" className="justify-self-center" onClick={onForgotten}>
        {t('people.forgotten')}
      </Button>
    </form>
  );
}
