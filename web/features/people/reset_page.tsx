import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, ErrorNote, Page, toast } from '../../ui/index.ts';
import { NewPasswordField } from './account_fields.tsx';

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
        <NewPasswordField label={t('people.new_password')} value={password} onChange={setPassword} />
        <Button tone="accent" submit busy={reset.isPending}>
          {t('people.set_password')}
        </Button>
      </form>
    </Page>
  );
}
