import { $api, PAGED } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import { Avatar, Button, EmptyState, ErrorNote, Link, List, More, Note, Page, Skeleton } from '../../ui/index.ts';
import { type PersonCard, useRefreshPeople } from './data.ts';

/** Who asks to follow; each is taken or turned down. */
export default function RequestsPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  const requests = $api.useInfiniteQuery(
    'get',
    '/api/people/me/follow-requests',
    { params: { query: { limit: 30 } } },
    { ...PAGED, enabled: me !== null },
  );
  const items = requests.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('people.requests')} width="narrow" back="/me">
      {!me && !loading && <SignedOut icon="users" title={t('people.requests')} text={t('people.nobody_text')} />}
      <ErrorNote error={requests.error} onRetry={() => void requests.refetch()} />
      {me && requests.isPending && <Skeleton className="h-40 rounded-xl" />}
      {requests.isSuccess && items.length === 0 && (
        <EmptyState icon="users" title={t('people.no_requests')} text={t('people.no_requests_text')} />
      )}
      <List label={t('people.requests')}>
        {items.map((person) => (
          <li key={person.person_id} className="flex flex-wrap items-center gap-x-3.5 gap-y-2 py-3">
            <Link to={`/@${person.handle}`} className="flex min-w-40 grow items-center gap-3.5 rounded-md">
              <Avatar name={person.name} src={person.avatar_url} />
              <span className="min-w-0">
                <span className="line-clamp-1 break-words font-semibold">{person.name}</span>
                <span className="block truncate text-soft text-sm">@{person.handle}</span>
              </span>
            </Link>
            <Answers person={person} />
          </li>
        ))}
      </List>
      <More
        show={requests.hasNextPage}
        busy={requests.isFetchingNextPage}
        onMore={() => void requests.fetchNextPage()}
      />
    </Page>
  );
}

function Answers({ person }: { person: PersonCard }) {
  const { t } = useText();
  const refresh = useRefreshPeople();
  const onSuccess = () => refresh();
  const accept = $api.useMutation('put', '/api/people/me/follow-requests/{person_id}', { onSuccess });
  const refuse = $api.useMutation('delete', '/api/people/me/follow-requests/{person_id}', { onSuccess });
  const params = { path: { person_id: person.person_id } };
  const busy = accept.isPending || refuse.isPending;
  return (
    <span className="flex gap-2">
      <Button size="sm" tone="accent" busy={busy} onClick={() => accept.mutate({ params })}>
        {t('people.accept')}
      </Button>
      <Button size="sm" tone="quiet" disabled={busy} onClick={() => refuse.mutate({ params })}>
        {t('people.refuse')}
      </Button>
      <ErrorNote error={accept.error ?? refuse.error} />
    </span>
  );
}

/** On the profile of somebody who asks to follow. */
export function RequestNote({ person }: { person: PersonCard }) {
  const { t } = useText();
  return (
    <Note icon="users" className="mb-6">
      <span className="flex flex-wrap items-center justify-between gap-3">
        {t('people.asks', { name: person.name })}
        <Answers person={person} />
      </span>
    </Note>
  );
}
