import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, ErrorNote, Note, Sheet, TextField, toast } from '../../ui/index.ts';
import { PasswordField } from './account_fields.tsx';

interface Begun {
  app_url: string;
  app_qr: string;
  codes: string[];
}

/** Switches the second factor on, in three steps: password, app, first code. */
export function SecondFactorSheet({ open, onClose }: { open: boolean; onClose: (changed: boolean) => void }) {
  const { t } = useText();
  const [begun, setBegun] = useState<Begun | null>(null);
  const close = (changed: boolean) => {
    setBegun(null);
    onClose(changed);
  };
  return (
    <Sheet
      open={open}
      onClose={() => close(false)}
      title={t('people.second_factor')}
      description={t(begun ? 'people.second_factor_scan' : 'people.second_factor_text')}
    >
      {begun ? <Confirm begun={begun} onDone={() => close(true)} /> : <Begin onBegun={setBegun} />}
    </Sheet>
  );
}

function Begin({ onBegun }: { onBegun: (begun: Begun) => void }) {
  const { t } = useText();
  const [password, setPassword] = useState('');
  const begin = $api.useMutation('post', '/api/people/me/second-factor', { onSuccess: onBegun });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate({ body: { password } });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <ErrorNote error={begin.error} />
      <PasswordField value={password} onChange={setPassword} />
      <Button tone="accent" submit busy={begin.isPending}>
        {t('people.go_on')}
      </Button>
    </form>
  );
}

function Confirm({ begun, onDone }: { begun: Begun; onDone: () => void }) {
  const { t } = useText();
  const [code, setCode] = useState('');
  const confirm = $api.useMutation('post', '/api/people/me/second-factor/confirm', {
    onSuccess: () => {
      toast({ title: t('people.second_factor_on'), tone: 'good' });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ body: { code: code.trim() } });
  };
  const secret = new URL(begun.app_url).searchParams.get('secret') ?? '';
  return (
    <form onSubmit={submit} className="grid gap-5">
      <div className="flex flex-wrap items-center gap-4">
        <img
          src={`data:image/svg+xml,${encodeURIComponent(begun.app_qr)}`}
          alt={t('people.second_factor_qr')}
          className="size-40 rounded-lg bg-white"
        />
        <p className="min-w-0 flex-1 basis-40 text-sm text-soft">
          {t('people.second_factor_by_hand')}
          <code className="mt-1 block select-all break-all text-ink">{secret}</code>
        </p>
      </div>
      <Note icon="lock">
        <p>{t('people.codes_text')}</p>
        <ul
          className="mt-2 grid grid-cols-2 gap-x-4 gap-y-1 font-mono text-ink tabular-nums"
          aria-label={t('people.codes')}
        >
          {begun.codes.map((one) => (
            <li key={one} className="select-all">
              {one}
            </li>
          ))}
        </ul>
        <Button
          size="sm"
          icon="copy"
          className="mt-3"
          onClick={() => void navigator.clipboard.writeText(begun.codes.join('\n'))}
        >
          {t('people.copy_codes')}
        </Button>
      </Note>
      <ErrorNote error={confirm.error} />
      <TextField
        label={t('people.first_code')}
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
        maxLength={6}
      />
      <Button tone="accent" submit busy={confirm.isPending} disabled={!/^\d{6}$/.test(code.trim())}>
        {t('people.switch_on')}
      </Button>
    </form>
  );
}

/** Switches it off again. */
export function SecondFactorEndSheet({ open, onClose }: { open: boolean; onClose: (changed: boolean) => void }) {
  const { t } = useText();
  const [password, setPassword] = useState('');
  const end = $api.useMutation('post', '/api/people/me/second-factor/end', {
    onSuccess: () => {
      setPassword('');
      onClose(true);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    end.mutate({ body: { password } });
  };
  return (
    <Sheet
      open={open}
      onClose={() => onClose(false)}
      title={t('people.second_factor_end')}
      description={t('people.second_factor_end_text')}
    >
      <form onSubmit={submit} className="grid gap-4">
        <ErrorNote error={end.error} />
        <PasswordField value={password} onChange={setPassword} />
        <Button tone="danger" submit busy={end.isPending}>
          {t('people.switch_off')}
        </Button>
      </form>
    </Sheet>
  );
}
