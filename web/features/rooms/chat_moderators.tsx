import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { $api, api } from '../../api.ts';
import { useText } from '../../text.ts';
import {
  Avatar,
  Button,
  EmptyState,
  ErrorNote,
  IconButton,
  List,
  ListRow,
  Skeleton,
  TextField,
} from '../../ui/index.ts';

/** Whom the host has named to keep order in all their rooms. */
export function ChatModerators() {
  const { t } = useText();
  const queries = useQueryClient();
  const list = $api.useQuery('get', '/api/rooms/moderators');
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['get', '/api/rooms/moderators'] });
  const dismiss = $api.useMutation('delete', '/api/rooms/moderators/{person_id}', { onSuccess });
  const [handle, setHandle] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const name = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const wanted = handle.trim().replace(/^@/, '').toLowerCase();
    const found = await api.GET('/api/people/@{handle}', { params: { path: { handle: wanted } } });
    const person_id = found.data?.person_id;
    const named = person_id
      ? await api.PUT('/api/rooms/moderators/{person_id}', { params: { path: { person_id } } })
      : found;
    setBusy(false);
    setError(named.error ?? null);
    if (named.error) return;
    setHandle('');
    await onSuccess();
  };
  return (
    <div className="grid gap-4">
      <form onSubmit={(event) => void name(event)} className="flex items-end gap-2">
        <TextField
          label={t('chat.moderator_handle')}
          value={handle}
          onChange={setHandle}
          placeholder="@"
          autoCapitalize="off"
          autoComplete="off"
          maxLength={31}
          className="min-w-0 grow"
        />
        <Button tone="accent" submit busy={busy} disabled={handle.trim().length < 3}>
          {t('chat.name_moderator')}
        </Button>
      </form>
      <ErrorNote error={error ?? list.error ?? dismiss.error} />
      {list.isPending && <Skeleton className="h-24 rounded-md" />}
      {list.data?.items.length === 0 && (
        <EmptyState icon="shield" title={t('chat.no_moderators')} text={t('chat.no_moderators_text')} />
      )}
      {list.data && list.data.items.length > 0 && (
        <List label={t('chat.moderators')}>
          {list.data.items.map((person) => (
            <ListRow
              key={person.person_id}
              lead={<Avatar name={person.name} src={person.avatar_url} />}
              title={person.name}
              text={`@${person.handle}`}
              end={
                <IconButton
                  icon="trash"
                  label={t('chat.dismiss_name', { name: person.name })}
                  onClick={() => dismiss.mutate({ params: { path: { person_id: person.person_id } } })}
                />
              }
            />
          ))}
        </List>
      )}
    </div>
  );
}
