import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Avatar, Button, ButtonLink, Checkbox, ErrorNote, List, ListRow, Section } from '../../ui/index.ts';
import { type OwnPerson, useRefreshPeople } from './data.ts';

/** Who sees what: a private profile, one's likes, whom one has muted. */
export function PrivacySection({ self }: { self: OwnPerson }) {
  const { t } = useText();
  const refresh = useRefreshPeople();
  const save = $api.useMutation('patch', '/api/people/me', { onSuccess: () => refresh() });
  const wanted = save.isPending ? save.variables.body : undefined;
  return (
    <Section title={t('people.privacy')}>
      <ErrorNote error={save.error} className="mb-4" />
      <div className="grid gap-5">
        <Checkbox
          kind="switch"
          label={t('people.private')}
          hint={t('people.private_hint')}
          checked={wanted?.is_private ?? self.is_private}
          disabled={save.isPending}
          onChange={(is_private) => save.mutate({ body: { is_private } })}
        />
        <Checkbox
          kind="switch"
          label={t('people.shows_likes')}
          hint={t('people.shows_likes_hint')}
          checked={wanted?.shows_likes ?? self.shows_likes}
          disabled={save.isPending}
          onChange={(shows_likes) => save.mutate({ body: { shows_likes } })}
        />
        {self.is_private && (
          <ButtonLink icon="users" to="/follow-requests" className="justify-self-start">
            {t('people.requests')}
          </ButtonLink>
        )}
      </div>
    </Section>
  );
}

/** Whom one has muted. Nothing is shown where it is nobody. */
export function MutesSection() {
  const { t } = useText();
  const mutes = $api.useQuery('get', '/api/people/me/mutes', { params: { query: { limit: 100 } } });
  const unmute = $api.useMutation('delete', '/api/people/{person_id}/mute', {
    onSuccess: () => void mutes.refetch(),
  });
  const items = mutes.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={t('people.muted')}>
      <ErrorNote error={unmute.error} />
      <List label={t('people.muted')}>
        {items.map((person) => (
          <ListRow
            key={person.person_id}
            lead={<Avatar name={person.name} src={person.avatar_url} />}
            title={person.name}
            text={`@${person.handle}`}
            end={
              <Button
                size="sm"
                tone="quiet"
                onClick={() => unmute.mutate({ params: { path: { person_id: person.person_id } } })}
              >
                {t('people.unmute')}
              </Button>
            }
          />
        ))}
      </List>
    </Section>
  );
}
