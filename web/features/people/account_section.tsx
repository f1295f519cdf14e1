import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import {
  Badge,
  Button,
  ErrorNote,
  Facts,
  Note,
  Section,
  Sheet,
  TextField,
  toast,
  useProblemText,
} from '../../ui/index.ts';
import { BirthDateField, NewPasswordField } from './account_fields.tsx';
import { DeleteSheet, EmailSheet } from './account_sheets.tsx';
import { fieldOf, type OwnPerson, useRefreshPeople } from './data.ts';
import { MailboxHint } from './forgotten_form.tsx';

/** What only the person themselves sees. */
export function AccountSection({ self }: { self: OwnPerson }) {
  const { t } = useText();
  const format = useFormat();
  const [sheet, setSheet] = useState<'password' | 'birth_date' | 'email' | 'delete' | null>(null);
  const close = () => setSheet(null);
  return (
    <Section title={t('people.account')} text={t('people.account_text')}>
      {!self.email_verified && <VerifyNote />}
      <Facts
        rows={[
          [
            t('people.email'),
            <span key="email" className="inline-flex flex-wrap items-center justify-end gap-2">
              <span className="break-all">{self.email}</span>
              {self.email_verified && <Badge tone="good">{t('people.confirmed')}</Badge>}
            </span>,
          ],
          [t('people.born_on'), self.born_on ? format.date(self.born_on) : '–'],
          [t('people.market'), t(`people.market_${self.market}`)],
        ]}
      />
      <div className="mt-4 flex flex-wrap gap-2">
        <Button size="sm" icon="lock" onClick={() => setSheet('password')}>
          {t('people.change_password')}
        </Button>
        <Button size="sm" icon="edit" onClick={() => setSheet('email')}>
          {t('people.change_email')}
        </Button>
        {!self.email_verified && (
          <Button size="sm" icon="edit" onClick={() => setSheet('birth_date')}>
            {t('people.correct_birth_date')}
          </Button>
        )}
      </div>
      <Button size="sm" tone="quiet" icon="trash" className="mt-2" onClick={() => setSheet('delete')}>
        {t('people.delete')}
      </Button>
      <EmailSheet open={sheet === 'email'} onClose={close} />
      <DeleteSheet open={sheet === 'delete'} onClose={close} />
      <PasswordSheet open={sheet === 'password'} onClose={close} />
      <BirthDateSheet self={self} open={sheet === 'birth_date'} onClose={close} />
    </Section>
  );
}

/** Why the address must be confirmed, and the mail once more. */
export function VerifyNote() {
  const { t } = useText();
  const again = $api.useMutation('post', '/api/auth/verification-mail');
  return (
    <Note tone="accent" icon="info" className="mb-4">
      <p>{t('people.unconfirmed')}</p>
      <p className="mt-1">
        <MailboxHint />
      </p>
      <ErrorNote error={again.error} className="mt-3" />
      {again.isSuccess ? (
        <p role="status" className="mt-2 font-semibold">
          {t('people.mail_sent')}
        </p>
      ) : (
        <Button size="sm" className="mt-3" busy={again.isPending} onClick={() => again.mutate({})}>
          {t('people.send_again')}
        </Button>
      )}
    </Note>
  );
}

function PasswordSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useText();
  const problemText = useProblemText();
  const [current_password, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = $api.useMutation('post', '/api/auth/change-password', {
    onSuccess: () => {
      toast({ title: t('people.password_changed'), tone: 'good' });
      setCurrent('');
      setPassword('');
      onClose();
    },
  });
  const wrong = change.error ? fieldOf(change.error) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ body: { current_password, password } });
  };
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={t('people.change_password')}
      description={t('people.change_password_text')}
    >
      <form onSubmit={submit} className="grid gap-4">
        <TextField
          label={t('people.current_password')}
          type="password"
          autoComplete="current-password"
          value={current_password}
          onChange={setCurrent}
          error={wrong === 'current_password' ? problemText(change.error) : null}
        />
        <NewPasswordField
          label={t('people.new_password')}
          value={password}
          onChange={setPassword}
          error={wrong === 'password' ? problemText(change.error) : null}
        />
        {change.error && wrong === null && <ErrorNote error={change.error} />}
        <Button tone="accent" submit busy={change.isPending}>
          {t('people.set_password')}
        </Button>
      </form>
    </Sheet>
  );
}

function BirthDateSheet({ self, open, onClose }: { self: OwnPerson; open: boolean; onClose: () => void }) {
  const { t } = useText();
  const refresh = useRefreshPeople();
  const [born_on, setBornOn] = useState(self.born_on ?? '');
  const correct = $api.useMutation('put', '/api/people/me/birth-date', {
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    correct.mutate({ body: { born_on } });
  };
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={t('people.correct_birth_date')}
      description={t('people.birth_date_text')}
    >
      <form onSubmit={submit} className="grid gap-4">
        <ErrorNote error={correct.error} />
        <BirthDateField value={born_on} onChange={setBornOn} />
        <Button tone="accent" submit busy={correct.isPending}>
          {t('people.save')}
        </Button>
      </form>
    </Sheet>
  );
}
