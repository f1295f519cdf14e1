import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, ButtonLink, ErrorNote, Note, Sheet, TextField } from '../../ui/index.ts';
import { PasswordField } from './account_fields.tsx';
import { MailboxHint } from './forgotten_form.tsx';

interface SheetProps {
  open: boolean;
  onClose: () => void;
}

/** Another mail address. Nothing changes before its mailbox has answered. */
export function EmailSheet({ open, onClose }: SheetProps) {
  const { t } = useText();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const ask = $api.useMutation('post', '/api/people/me/email');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate({ body: { email, password } });
  };
  return (
    <Sheet open={open} onClose={onClose} title={t('people.change_email')} description={t('people.change_email_text')}>
      {ask.isSuccess ? (
        <Note tone="good" icon="check">
          {t('people.change_email_sent', { email })} <MailboxHint />
        </Note>
      ) : (
        <form onSubmit={submit} className="grid gap-4">
          <ErrorNote error={ask.error} />
          <TextField
            label={t('people.new_email')}
            type="email"
            autoComplete="email"
            value={email}
            onChange={setEmail}
          />
          <PasswordField value={password} onChange={setPassword} />
          <Button tone="accent" submit busy={ask.isPending}>
            {t('people.send_link')}
          </Button>
        </form>
      )}
    </Sheet>
  );
}

/** Where each remainder is settled. */
const SETTLED_AT = {
  coins: '/wallet',
  earnings: '/studio',
  debt: '/studio',
  purchases: '/orders',
  sales: '/seller',
  payments: '/wallet',
} as const;

/** The end of an account: first what stands in the way, then the password. */
export function DeleteSheet({ open, onClose }: SheetProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const { refresh } = useSignedIn();
  const [password, setPassword] = useState('');
  const remainders = $api.useQuery('get', '/api/people/me/remainders', {}, { enabled: open, gcTime: 0 });
  const end = $api.useMutation('post', '/api/people/me/delete', {
    onSuccess: async () => {
      await navigate({ to: '/' });
      await refresh();
    },
    onError: () => void remainders.refetch(),
  });
  const left = remainders.data?.left ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    end.mutate({ body: { password } });
  };
  return (
    <Sheet open={open} onClose={onClose} title={t('people.delete')} description={t('people.delete_text')}>
      <div className="grid gap-4">
        <ErrorNote error={remainders.error} />
        {left.map((what) => (
          <Note key={what} icon="info">
            <p>{t(`people.left_${what}`)}</p>
            <ButtonLink to={SETTLED_AT[what]} size="sm" className="mt-3">
              {t(`people.settle_${what}`)}
            </ButtonLink>
          </Note>
        ))}
        {remainders.data && left.length === 0 && (
          <form onSubmit={submit} className="grid gap-4">
            <ErrorNote error={end.error} />
            <PasswordField value={password} onChange={setPassword} />
            <Button tone="danger" submit busy={end.isPending}>
              {t('people.delete_do')}
            </Button>
          </form>
        )}
      </div>
    </Sheet>
  );
}
