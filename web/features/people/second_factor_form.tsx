import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, Checkbox, ErrorNote, TextField } from '../../ui/index.ts';

/** The second step of signing in. */
export function SecondFactorForm({ onSignedIn, onBack }: { onSignedIn: () => Promise<void>; onBack: () => void }) {
  const { t } = useText();
  const [code, setCode] = useState('');
  const [trust_device, setTrust] = useState(false);
  const send = $api.useMutation('post', '/api/auth/second-factor', { onSuccess: onSignedIn });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate({ body: { code: code.trim(), trust_device } });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <ErrorNote error={send.error} />
      <TextField
        label={t('people.code')}
        hint={t('people.code_hint')}
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
        maxLength={20}
      />
      <Checkbox label={t('people.trust_device')} checked={trust_device} onChange={setTrust} />
      <Button tone="accent" wide submit busy={send.isPending} disabled={code.trim().length < 6}>
        {t('people.sign_in')}
      </Button>
      <Button tone="quiet" size="sm" className="justify-self-center" onClick={onBack}>
        {t('people.to_sign_in')}
      </Button>
    </form>
  );
}
