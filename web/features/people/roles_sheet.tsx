import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, Checkbox, ErrorNote, Sheet, Skeleton, TextField, toast } from '../../ui/index.ts';

const ROLES = ['operator', 'moderator', 'finance'] as const;
type Role = (typeof ROLES)[number];

interface RolesSheetProps {
  person: { person_id: string; name: string };
  open: boolean;
  onClose: () => void;
}

/** The operator grants and takes roles, beginning with those that the person has now. */
export function RolesSheet({ person, open, onClose }: RolesSheetProps) {
  const { t } = useText();
  const params = { path: { person_id: person.person_id } };
  const found = $api.useQuery('get', '/api/people/{person_id}/roles', { params }, { enabled: open, staleTime: 0 });
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={t('people.roles_title', { name: person.name })}
      description={t('people.roles_text')}
    >
      {found.error && <ErrorNote error={found.error} onRetry={() => void found.refetch()} />}
      {!found.data && !found.error && <Skeleton className="h-56 rounded-xl" />}
      {found.data && !found.isFetching && (
        <RolesForm person_id={person.person_id} present={found.data.roles} onClose={onClose} />
      )}
    </Sheet>
  );
}

interface RolesFormProps {
  person_id: string;
  present: Role[];
  onClose: () => void;
}

function RolesForm({ person_id, present, onClose }: RolesFormProps) {
  const { t } = useText();
  const [roles, setRoles] = useState(present);
  const [reason, setReason] = useState('');
  const set = $api.useMutation('put', '/api/people/{person_id}/roles', {
    onSuccess: () => {
      toast({ title: t('people.saved'), tone: 'good' });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate({ params: { path: { person_id } }, body: { roles, reason } });
  };
  const toggle = (role: Role) => (on: boolean) =>
    setRoles((old) => (on ? [...old, role] : old.filter((other) => other !== role)));
  return (
    <form onSubmit={submit} className="grid gap-4">
      <ErrorNote error={set.error} />
      {ROLES.map((role) => (
        <Checkbox
          key={role}
          label={t(`people.role_${role}`)}
          hint={t(`people.role_${role}_hint`)}
          checked={roles.includes(role)}
          onChange={toggle(role)}
        />
      ))}
      <TextField label={t('people.roles_reason')} minLength={3} maxLength={500} value={reason} onChange={setReason} />
      <Button tone="accent" submit busy={set.isPending}>
        {t('people.save')}
      </Button>
    </form>
  );
}
