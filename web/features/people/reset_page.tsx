import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, ErrorNote, Page, TextField, toast } from '../../ui/index.ts';

export default function ResetPage() {
  const { t } = useText();
  const { refresh, askSignIn } = useSignedIn();
  const navigate = useNavigate();
  const [token] = useState(() => location.hash.slice(1));
  const [password, setPassword] = useState('');
  const reset = $api.useMutation('post', '/api/auth/reset-password', {
    onSuccess: async () => {
      toast({ title: t('people.reset_done'), tone: 'good' });
      await refresh();
      await navigate({ to: '/' });
      askSignIn();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reset.mutate({ body: { token: token || '-', password } });
  };
  return (
    <Page title={t('people.reset')} intro={t('people.reset_text')} width="narrow">
      <form onSubmit={submit} className="grid gap-4">
        <ErrorNote error={reset.error} />
        <TextField
          label={t('people.new_password')}
          hint={t('people.password_hint')}
          type="password"
          autoComplete="new-password"
          minLength={10}
          maxLength={128}
          value={password}
          onChange={setPassword}
        />
        <Button tone="accent" submit busy={reset.isPending}>
          {t('people.set_password')}
        </Button>
      </form>
    </Page>
  );
}
