import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Avatar, Badge, Button, ErrorNote, List, ListRow, Section, Skeleton } from '../../ui/index.ts';

/** A browser and a system, as far as it says so itself. */
export function deviceOf(agent: string | null): string | null {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//.exec(agent ?? '')?.[1];
  const system = /(iPhone|iPad|Android|Windows|Mac OS|Linux)/.exec(agent ?? '')?.[1];
  if (!browser || !system) return null;
  return `${browser.replace('Edg', 'Edge').replace('OPR', 'Opera')} · ${system}`;
}

/** Where one is signed in, and the way to end it. */
export function SessionsSection() {
  const { t } = useText();
  const format = useFormat();
  const sessions = $api.useQuery('get', '/api/people/me/sessions');
  const onSuccess = () => void sessions.refetch();
  const end = $api.useMutation('delete', '/api/people/me/sessions/{session_id}', { onSuccess });
  const endOthers = $api.useMutation('delete', '/api/people/me/sessions', { onSuccess });
  const items = sessions.data?.items ?? [];
  return (
    <Section
      title={t('people.sessions')}
      actions={
        items.length > 1 && (
          <Button size="sm" busy={endOthers.isPending} onClick={() => endOthers.mutate({})}>
            {t('people.end_others')}
          </Button>
        )
      }
    >
      <ErrorNote error={sessions.error ?? end.error ?? endOthers.error} />
      {sessions.isPending && <Skeleton className="h-14 rounded-md" />}
      <List label={t('people.sessions')}>
        {items.map((session) => (
          <ListRow
            key={session.session_id}
            title={deviceOf(session.user_agent) ?? t('people.unknown_device')}
            text={[session.ip_address, format.dateTime(session.created_at)].filter(Boolean).join(' · ')}
            end={
              session.current ? (
                <Badge tone="good">{t('people.this_device')}</Badge>
              ) : (
                <Button
                  size="sm"
                  tone="quiet"
                  disabled={end.isPending}
                  onClick={() => end.mutate({ params: { path: { session_id: session.session_id } } })}
                >
                  {t('people.end_session')}
                </Button>
              )
            }
          />
        ))}
      </List>
    </Section>
  );
}

/** Whom one has blocked. Nothing is shown where it is nobody. */
export function BlocksSection() {
  const { t } = useText();
  const blocks = $api.useQuery('get', '/api/people/me/blocks');
  const unblock = $api.useMutation('delete', '/api/people/{person_id}/block', {
    onSuccess: () => void blocks.refetch(),
  });
  const items = blocks.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={t('people.blocked')}>
      <ErrorNote error={unblock.error} />
      <List label={t('people.blocked')}>
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
                onClick={() => unblock.mutate({ params: { path: { person_id: person.person_id } } })}
              >
                {t('people.unblock')}
              </Button>
            }
          />
        ))}
      </List>
    </Section>
  );
}
