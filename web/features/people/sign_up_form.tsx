import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useInstance } from '../../instance.ts';
import { keptInvite } from '../../invite.ts';
import { useText } from '../../text.ts';
import { Button, ErrorNote, Note, Select, TextField, useProblemText } from '../../ui/index.ts';
import { BirthDateField, NewPasswordField } from './account_fields.tsx';
import { fieldOf } from './data.ts';
import { handleFrom } from './handle.ts';

type Market = 'DE' | 'US';

/** The market that a browser's languages speak for; the person may choose another. */
const likelyMarket = (): Market => (navigator.languages.some((tag) => tag.endsWith('-US')) ? 'US' : 'DE');

const EMPTY = { name: '', handle: '', email: '', password: '', born_on: '' };

export function SignUpForm({ onSignedIn }: { onSignedIn: () => Promise<void> }) {
  const { t, locale } = useText();
  const problemText = useProblemText();
  const [form, setForm] = useState(EMPTY);
  const [market, setMarket] = useState<Market>(likelyMarket);
  const [ownHandle, setOwnHandle] = useState(false);
  const [invite, setInvite] = useState(keptInvite);
  const registration = useInstance()?.registration ?? 'open';
  const signUp = $api.useMutation('post', '/api/people', { onSuccess: onSignedIn });
  const wrong = signUp.error ? fieldOf(signUp.error) : null;
  const about = (field: string) => (wrong === field ? problemText(signUp.error) : null);
  const set = (field: keyof typeof EMPTY) => (value: string) => setForm((old) => ({ ...old, [field]: value }));
  const setName = (name: string) =>
    setForm((old) => ({ ...old, name, handle: ownHandle ? old.handle : handleFrom(name) }));
  const setHandle = (handle: string) => {
    setOwnHandle(true);
    set('handle')(handle.toLowerCase().replace(/^@/, ''));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signUp.mutate({ body: { ...form, market, locale, ...(registration === 'invite' && { invite }) } });
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      {registration === 'closed' && <Note>{t('problem.sign_up_closed')}</Note>}
      {registration === 'invite' && (
        <TextField
          label={t('people.invite')}
          hint={t('people.invite_hint')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          value={invite}
          onChange={setInvite}
          error={about('invite')}
        />
      )}
      <TextField
        label={t('people.name')}
        autoComplete="name"
        maxLength={60}
        value={form.name}
        onChange={setName}
        error={about('name')}
      />
      <TextField
        label={t('people.handle')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        minLength={3}
        maxLength={30}
        value={form.handle}
        onChange={setHandle}
        error={about('handle')}
      />
      <TextField
        label={t('people.email')}
        type="email"
        autoComplete="email"
        value={form.email}
        onChange={set('email')}
        error={about('email')}
      />
      <NewPasswordField value={form.password} onChange={set('password')} error={about('password')} />
      <div className="grid grid-cols-2 gap-3">
        <BirthDateField value={form.born_on} onChange={set('born_on')} />
        <Select
          label={t('people.market')}
          value={market}
          onChange={setMarket}
          choices={[
            { value: 'DE', label: t('people.market_DE') },
            { value: 'US', label: t('people.market_US') },
          ]}
        />
      </div>
      {wrong === 'born_on' ? (
        <ErrorNote error={signUp.error} />
      ) : (
        <p className="-mt-2 text-soft text-sm">{t('people.born_on_hint')}</p>
      )}
      {signUp.error && wrong === null && <ErrorNote error={signUp.error} />}
      <Button tone="accent" wide submit busy={signUp.isPending}>
        {t('people.sign_up')}
      </Button>
    </form>
  );
}
