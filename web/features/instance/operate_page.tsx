import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { StaffOnly } from '../../staff_only.tsx';
import { useText } from '../../text.ts';
import {
  Button,
  Choices,
  ErrorNote,
  Icon,
  type IconName,
  List,
  ListRow,
  Page,
  Section,
  TextArea,
  TextField,
  toast,
} from '../../ui/index.ts';

type Role = 'operator' | 'moderator' | 'finance';

interface Office {
  to: string;
  icon: IconName;
  name: string;
  roles: Role[];
}

const OFFICES: Office[] = [
  { to: '/operate/reports', icon: 'flag', name: 'reports', roles: ['moderator', 'operator'] },
  { to: '/operate/invites', icon: 'users', name: 'invites', roles: ['operator'] },
  { to: '/operate/ledger', icon: 'receipt', name: 'ledger', roles: ['finance', 'operator'] },
  { to: '/operate/refunds', icon: 'alert', name: 'refunds', roles: ['finance', 'operator'] },
];

/** Where staff works: what is there for one's roles, and for the operator the instance itself. */
export default function OperatePage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  const roles = me?.roles ?? [];
  const open = OFFICES.filter((office) => office.roles.some((role) => roles.includes(role)));
  return (
    <Page title={t('instance.operate')} width="narrow">
      {open.length === 0 && !loading && (
        <StaffOnly title={t('instance.staff_only')} text={t('moderation.staff_only_text')} />
      )}
      {open.length > 0 && (
        <List label={t('instance.operate')}>
          {open.map((office) => (
            <ListRow
              key={office.to}
              to={office.to}
              lead={<Icon name={office.icon} className="text-soft" />}
              title={t(`instance.${office.name}`)}
              text={t(`instance.${office.name}_text`)}
            />
          ))}
        </List>
      )}
      {roles.includes('operator') && <InstanceSettings />}
    </Page>
  );
}

type Registration = 'open' | 'invite' | 'closed';

function InstanceSettings() {
  const { t } = useText();
  const found = $api.useQuery('get', '/api/instance');
  if (!found.data) return <ErrorNote error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <>
      <SettingsForm {...found.data} />
      <Section title={t('instance.legal')} text={t('instance.legal_text')}>
        <List label={t('instance.legal')}>
          {(['imprint', 'privacy', 'terms'] as const).map((page) => (
            <ListRow key={page} to={`/legal/${page}`} title={t(`shell.${page}`)} />
          ))}
        </List>
      </Section>
      <Section title={t('instance.staff')} text={t('instance.staff_text')}>
        {null}
      </Section>
    </>
  );
}

interface Settings {
  name: string;
  registration: Registration;
  legal_name: string;
  legal_address: string;
}

function SettingsForm(given: Settings) {
  const { t } = useText();
  const { refresh } = useSignedIn();
  const [name, setName] = useState(given.name);
  const [registration, setRegistration] = useState(given.registration);
  const [legal_name, setLegalName] = useState(given.legal_name);
  const [legal_address, setLegalAddress] = useState(given.legal_address);
  const save = $api.useMutation('put', '/api/instance', {
    onSuccess: async () => {
      await refresh();
      toast({ title: t('people.saved'), tone: 'good' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ body: { name, registration, legal_name, legal_address } });
  };
  return (
    <Section title={t('instance.settings')}>
      <form onSubmit={submit} className="grid gap-5">
        <ErrorNote error={save.error} />
        <TextField label={t('instance.name')} maxLength={60} value={name} onChange={setName} />
        <TextField
          label={t('instance.legal_name')}
          hint={t('instance.legal_name_hint')}
          optional
          maxLength={120}
          value={legal_name}
          onChange={setLegalName}
        />
        <TextArea
          label={t('instance.legal_address')}
          optional
          rows={3}
          maxLength={300}
          value={legal_address}
          onChange={setLegalAddress}
        />
        <Choices
          label={t('instance.registration')}
          value={registration}
          onChange={setRegistration}
          choices={[
            { value: 'open', label: t('instance.open'), note: t('instance.open_note') },
            { value: 'invite', label: t('instance.invite'), note: t('instance.invite_note') },
            { value: 'closed', label: t('instance.closed'), note: t('instance.closed_note') },
          ]}
        />
        <Button submit className="justify-self-start" busy={save.isPending}>
          {t('people.save')}
        </Button>
      </form>
    </Section>
  );
}
