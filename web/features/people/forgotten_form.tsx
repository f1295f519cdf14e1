import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useInstance } from '../../instance.ts';
import { useText } from '../../text.ts';
import { Button, ErrorNote, Note, TextField } from '../../ui/index.ts';

export function ForgottenForm({ onBack }: { onBack: () => void }) {
  const { t } = useText();
  const [email, setEmail] = useState('');
  const ask = $api.useMutation('post', '/api/auth/reset-mail');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate({ body: { email } });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      {ask.isSuccess ? (
        <Note tone="good" icon="check">
          {t('people.reset_sent')} <MailboxHint />
        </Note>
      ) : (
        <>
          <ErrorNote error={ask.error} />
          <TextField label={t('people.email')} type="email" autoComplete="username" value={email} onChange={setEmail} />
          <Button tone="accent" wide submit busy={ask.isPending}>
            {t('people.send_link')}
          </Button>
        </>
      )}
      <Button tone="quiet" size="sm" className="justify-self-center" onClick={onBack}>
        {t('people.to_sign_in')}
      </Button>
    </form>
  );
}

/** A demo sends no mail into the world: it keeps it on a page. */
export function MailboxHint() {
  const { t } = useText();
  const instance = useInstance();
  if (!instance?.demo) return null;
  return (
    <a href="/dev/mailbox" target="_blank" rel="noreferrer" className="font-semibold underline underline-offset-3">
      {t('people.open_mailbox')}
    </a>
  );
}
