import { useState } from 'react';
import { $api, PAGED } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Avatar, EmptyState, ErrorNote, Link, List, More, Sheet, Skeleton, Tabs } from '../../ui/index.ts';
import type { Profile, TiedPerson } from './data.ts';
import { FollowButton } from './follow_button.tsx';

export type TieTab = 'followers' | 'following' | 'friends';

interface TiesSheetProps {
  person: Profile;
  own: boolean;
  first: TieTab;
  onClose: () => void;
}

/** Who follows a person and whom they follow; of oneself, also who are friends. */
export function TiesSheet({ person, own, first, onClose }: TiesSheetProps) {
  const { t } = useText();
  const [tab, setTab] = useState<string>(first);
  const tabs = [
    { value: 'followers', label: t('people.tab_followers'), panel: <Ties person={person} list="followers" /> },
    { value: 'following', label: t('people.tab_following'), panel: <Ties person={person} list="following" /> },
    ...(own ? [{ value: 'friends', label: t('people.tab_friends'), panel: <Friends /> }] : []),
  ];
  return (
    <Sheet open onClose={onClose} title={person.name}>
      <div className="min-h-[50dvh]">
        <Tabs label={person.name} tabs={tabs} value={tab} onChange={setTab} />
      </div>
    </Sheet>
  );
}

function Ties({ person, list }: { person: Profile; list: 'followers' | 'following' }) {
  const { t } = useText();
  const ties = $api.useInfiniteQuery(
    'get',
    `/api/people/{person_id}/${list}`,
    { params: { path: { person_id: person.person_id }, query: { limit: 30 } } },
    PAGED,
  );
  return <TieList ties={ties} empty={t(`people.no_${list}`, { name: person.name })} />;
}

function Friends() {
  const { t } = useText();
  const ties = $api.useInfiniteQuery('get', '/api/people/me/friends', { params: { query: { limit: 30 } } }, PAGED);
  return <TieList ties={ties} empty={t('people.no_friends')} />;
}

interface Pages {
  data: { pages: { items: TiedPerson[] }[] } | undefined;
  error: unknown;
  isPending: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

function TieList({ ties, empty }: { ties: Pages; empty: string }) {
  const items = ties.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ErrorNote error={ties.error} onRetry={() => void ties.refetch()} />
      {ties.isPending && <Skeleton className="h-40 rounded-md" />}
      {!ties.isPending && !ties.error && items.length === 0 && <EmptyState icon="users" title={empty} />}
      <List>
        {items.map((person) => (
          <TiedRow key={person.person_id} person={person} />
        ))}
      </List>
      <More show={ties.hasNextPage} busy={ties.isFetchingNextPage} onMore={() => void ties.fetchNextPage()} />
    </>
  );
}

function TiedRow({ person }: { person: TiedPerson }) {
  const { me } = useSignedIn();
  return (
    <li className="flex min-h-14 items-center gap-3.5 py-2.5">
      <Link to={`/@${person.handle}`} className="flex min-w-0 grow items-center gap-3.5 rounded-md">
        <Avatar name={person.name} src={person.avatar_url} />
        <span className="min-w-0">
          <span className="line-clamp-1 break-words font-semibold">{person.name}</span>
          <span className="block truncate text-soft text-sm">@{person.handle}</span>
        </span>
      </Link>
      {me?.person_id !== person.person_id && <FollowButton person={person} size="sm" />}
    </li>
  );
}
