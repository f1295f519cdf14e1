import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, ErrorNote, TextField } from '../../ui/index.ts';

interface SignInFormProps {
  onSignedIn: () => Promise<void>;
  onForgotten: () => void;
}

export function SignInForm({ onSignedIn, onForgotten }: SignInFormProps) {
  const { t } = useText();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = $api.useMutation('post', '/api/auth/sign-in', { onSuccess: onSignedIn });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ body: { email, password } });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <ErrorNote error={signIn.error} />
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
      <Button tone="quiet" size="sm" className="justify-self-center" onClick={onForgotten}>
        {t('people.forgotten')}
      </Button>
    </form>
  );
}
